'use client';

import Link from 'next/link';
import { SeoulTime } from '@/components/seoul-time';
import { UnsubscribeNewsletterDocument } from '@/graphql/generated/graphql';
import { sendDocument } from '@/graphql/send-document';
import { TokenButton } from '../token-button';

export function UnsubscribeButton({ token }: { token: string }) {
  async function unsubscribe() {
    await sendDocument(UnsubscribeNewsletterDocument, { token });
    return {
      title: '구독을 해지했어요',
      children: (
        <>
          <p>
            <SeoulTime at={new Date().toISOString()} />에 경단 뉴스레터를 해지했어요. 이 주소로는 더 보내지
            않고, 주소는 지웠어요.
          </p>
          <p>
            다시 받고 싶으면 언제든 <Link href="/newsletter">새로 신청</Link>할 수 있어요.
          </p>
        </>
      ),
    };
  }
  return <TokenButton label="구독 해지하기" run={unsubscribe} />;
}
