import type { Metadata } from 'next';
import { NeedsScript } from '../needs-script';
import styles from '../newsletter.module.css';
import { tokenOf } from '../token';
import { TokenForm } from '../token-form';
import { ConfirmButton } from './confirm-button';

// The address has the token.
export const metadata: Metadata = {
  title: '뉴스레터 구독 확인',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function ConfirmPage({ searchParams }: PageProps<'/newsletter/confirm'>) {
  const token = tokenOf((await searchParams).token);
  return (
    <section className={styles.page}>
      <h1>뉴스레터 구독 확인</h1>
      {token ? (
        <>
          <p>아래 버튼을 누르면 신청한 분야의 뉴스레터를 매주 보내 드려요. 언제든 무료로 해지할 수 있어요.</p>
          <ConfirmButton token={token} />
          <NeedsScript />
        </>
      ) : (
        <TokenForm action="/newsletter/confirm" />
      )}
    </section>
  );
}
