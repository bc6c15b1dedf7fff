'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { SIGNED_OUT } from '@/session/refresh';
import styles from './session-notice.module.css';

/** Says that the session has ended while the page was open. */
export function SessionNotice() {
  const [signedOut, setSignedOut] = useState(false);
  const path = usePathname();
  useEffect(() => {
    const show = () => setSignedOut(true);
    window.addEventListener(SIGNED_OUT, show);
    return () => window.removeEventListener(SIGNED_OUT, show);
  }, []);
  return (
    <div role="status">
      {signedOut && (
        <p className={styles.notice}>
          로그인이 끝났습니다. <a href={`/login?returnTo=${encodeURIComponent(path)}`}>다시 로그인하기</a>
        </p>
      )}
    </div>
  );
}
