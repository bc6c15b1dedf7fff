import type { Metadata } from 'next';
import { NeedsScript } from '../needs-script';
import styles from '../newsletter.module.css';
import { tokenOf } from '../token';
import { TokenForm } from '../token-form';
import { UnsubscribeButton } from './unsubscribe-button';

// The address has the token.
export const metadata: Metadata = {
  title: '뉴스레터 해지',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default async function UnsubscribePage({ searchParams }: PageProps<'/newsletter/unsubscribe'>) {
  const token = tokenOf((await searchParams).token);
  return (
    <section className={styles.page}>
      <h1>뉴스레터 해지</h1>
      {token ? (
        <>
          <p>아래 버튼을 누르면 바로 해지되고, 메일 주소를 지워요.</p>
          <UnsubscribeButton token={token} />
          <NeedsScript />
        </>
      ) : (
        <TokenForm action="/newsletter/unsubscribe" />
      )}
    </section>
  );
}
