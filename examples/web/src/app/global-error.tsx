'use client';

import { Notice } from '@/components/notice';
import './globals.css';

/** When even the frame of the page fails. */
export default function GlobalError() {
  return (
    <html lang="ko">
      <body>
        <title>문제가 생겼습니다 | 경단</title>
        <main>
          <Notice title="문제가 생겼습니다">
            <p>잠시 후 다시 시도해 주세요.</p>
            <a className="button" href="">
              다시 시도
            </a>
          </Notice>
        </main>
      </body>
    </html>
  );
}
