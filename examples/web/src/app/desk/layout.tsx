import type { Metadata } from 'next';
import { Notice } from '@/components/notice';
import { DeskNav } from '@/desk/desk-nav';
import { ReaderProvider } from '@/graphql/reader-provider';
import { openCookies } from '@/server/cookies';
import '@/desk/desk.css';

export const metadata: Metadata = {
  title: { default: '데스크', template: '%s | 경단 데스크' },
  robots: { index: false },
};

/** The newsroom's part. The cookie decides what is offered, the gateway what is allowed. */
export default async function DeskLayout({ children }: LayoutProps<'/desk'>) {
  const { role } = await openCookies();
  if (role !== 'ADMIN') return <StaffOnly isSignedIn={role !== undefined} />;
  return (
    <div className="desk">
      <DeskNav />
      <ReaderProvider>{children}</ReaderProvider>
    </div>
  );
}

function StaffOnly({ isSignedIn }: { isSignedIn: boolean }) {
  return (
    <Notice title="편집국만 들어올 수 있어요">
      <p>데스크는 관리자 권한이 있는 편집국 사람만 쓸 수 있어요.</p>
      {isSignedIn ? (
        <p>
          지금 로그인한 계정에는 관리자 권한이 없어요. 다른 관리자가 회원 목록에서 권한을 줄 수 있어요. 권한을
          받은 뒤에는 로그아웃하고 다시 로그인해 주세요.
        </p>
      ) : (
        <p>관리자라면 카카오로 로그인해 주세요. 로그인하면 이 페이지로 돌아와요.</p>
      )}
      <p>
        {!isSignedIn && (
          <a className="button primary" href="/login?returnTo=%2Fdesk">
            로그인하기
          </a>
        )}{' '}
        <a className="button" href="/">
          홈으로
        </a>
      </p>
    </Notice>
  );
}
