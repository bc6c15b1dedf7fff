'use client';

import { CATEGORY_NAMES } from '@/components/categories';
import { SeoulTime } from '@/components/seoul-time';
import { ConfirmNewsletterDocument } from '@/graphql/generated/graphql';
import { sendDocument } from '@/graphql/send-document';
import { TokenButton } from '../token-button';

export function ConfirmButton({ token }: { token: string }) {
  async function confirm() {
    const { name, categories } = (await sendDocument(ConfirmNewsletterDocument, { token })).confirmNewsletter;
    const names = categories.map((category) => CATEGORY_NAMES[category]).join(', ');
    return {
      title: '구독을 확인했어요',
      children: (
        <>
          <p>
            {name} 님, 이제 {names} 뉴스레터를 매주 보내 드려요.
          </p>
          <p>
            <SeoulTime at={new Date().toISOString()} />에 경단 뉴스레터를 받겠다고 동의하셨어요. 모든 메일에
            있는 링크로 언제든 무료로 해지할 수 있어요.
          </p>
        </>
      ),
    };
  }
  return <TokenButton label="구독하기" run={confirm} />;
}
