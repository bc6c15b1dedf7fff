import type { Metadata } from 'next';
import Link from 'next/link';
import { NeedsScript } from './needs-script';
import { SubscribeForm } from './subscribe-form';
import styles from './newsletter.module.css';

export const metadata: Metadata = {
  title: '뉴스레터',
  description: '고른 분야의 쉬운 경제 뉴스를 매주 메일로 받아 보세요.',
};

export default function NewsletterPage() {
  return (
    <section className={styles.page}>
      <h1>뉴스레터</h1>
      <p>
        고른 분야마다 한 주의 쉬운 경제 뉴스를 매주 한 통씩 메일로 보내 드려요. 무료이고, 언제든 해지할 수
        있어요.
      </p>
      <SubscribeForm />
      <NeedsScript />
      <p className={styles.note}>
        이미 받고 있다면 메일 아래에 있는 링크로 <Link href="/newsletter/unsubscribe">해지</Link>할 수 있어요.
        분야를 바꾸려면 같은 주소로 다시 신청해 주세요.
      </p>
    </section>
  );
}
