import type { Metadata } from 'next';
import { ownPath } from '@/server/origin';
import type { LoginFault } from '@/server/kakao-login';
import styles from './login.module.css';

export const metadata: Metadata = { title: '로그인', robots: { index: false } };

const FAULTS: Record<LoginFault, string> = {
  foreign: '이 브라우저에서 시작한 로그인이 아니거나, 시작한 지 10분이 지났습니다. 다시 로그인해 주세요.',
  refused: '카카오가 로그인을 확인해 주지 않았습니다. 다시 로그인해 주세요.',
  away: '지금은 로그인 서버에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.',
};

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const { fault, returnTo } = await searchParams;
  const target = ownPath(typeof returnTo === 'string' ? returnTo : null);
  return (
    <section className={styles.login}>
      <h1>로그인</h1>
      {typeof fault === 'string' && Object.hasOwn(FAULTS, fault) && (
        <p className="alert" role="alert">
          {FAULTS[fault as LoginFault]}
        </p>
      )}
      <p>로그인하면 읽은 기사를 바탕으로 기사를 추천해 드리고, 산지니에게 질문할 수 있습니다.</p>
      <a className={styles.kakao} href={`/auth/kakao/login?returnTo=${encodeURIComponent(target)}`}>
        카카오로 로그인
      </a>
    </section>
  );
}
