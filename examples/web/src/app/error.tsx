'use client';

import { Notice } from '@/components/notice';

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <Notice title="문제가 생겼습니다">
      <p>잠시 후 다시 시도해 주세요. 계속되면 홈으로 돌아가 다른 기사를 읽을 수 있습니다.</p>
      <p>
        <button className="button primary" onClick={reset}>
          다시 시도
        </button>{' '}
        <a className="button" href="/">
          홈으로
        </a>
      </p>
    </Notice>
  );
}
