import { escapeUTF8 as escapeHtml } from 'entities';
import { type KakaoTestUser } from './kakao-test-users';

/** No `form-action`: Chromium applies it to the redirect after the post and would block the way back. */
export const PAGE_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const STYLE = `
  * { box-sizing: border-box }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px; background: #f4f4f2; color: #1e1e1e;
    word-break: keep-all; font: 16px/1.6 system-ui, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', sans-serif }
  main { width: 100%; max-width: 400px; background: #fff; border-radius: 16px; padding: 32px 28px; box-shadow: 0 8px 30px #0000001a }
  h1 { font-size: 22px; margin: 0 0 4px }
  p { margin: 0 0 20px; color: #5c5c5c; font-size: 14px }
  button { display: flex; align-items: center; gap: 12px; width: 100%; min-height: 52px; margin: 0 0 8px; padding: 8px 14px; border: 0;
    border-radius: 12px; background: #fee500; color: #191919; font: inherit; font-weight: 600; text-align: left; cursor: pointer }
  button:hover { background: #f5dc00 }
  button:disabled { background: #ececea; color: #767676; cursor: default }
  button:focus-visible { outline: 3px solid #1d6fb8; outline-offset: 2px }
  button img { width: 32px; height: 32px; border-radius: 50% }
  button small { margin-left: auto; font-weight: 400; color: #4d4a2a }
  button.cancel { justify-content: center; margin: 8px 0 0; background: #ececea; font-weight: 400 }
  code { background: #f1f1ef; border-radius: 4px; padding: 1px 5px }
`;

/** The consent page: one button a test user, posting back to the address it was shown at. */
export function consentPage(users: readonly KakaoTestUser[], loginHint: string | undefined): string {
  const buttons = users.map(
    ({ login, nickname }) =>
      `<button name="user" value="${escapeHtml(login)}"${login === loginHint ? ' autofocus' : ''}>` +
      `<img src="/profile/${encodeURIComponent(login)}.svg" alt="">${escapeHtml(nickname)}<small>${escapeHtml(login)}</small></button>`,
  );
  return page(
    '카카오 로그인 (연습용)',
    `<h1>카카오 로그인 <small>(연습용)</small></h1>
<p>실제 카카오가 아닌 개발용 화면입니다. 경단에 닉네임, 프로필 사진, 이메일을 제공하고 로그인할 사용자를 고르세요.</p>
<form method="post">
${buttons.join('\n')}
<button class="cancel" name="cancel" value="1">취소</button>
</form>`,
  );
}

/** Who has agreed to our app, each with a button that ends it, as in the settings of a Kakao account. */
export function connectionsPage(
  users: readonly (KakaoTestUser & { linked: boolean })[],
  notice: string | undefined,
): string {
  const buttons = users.map(
    ({ login, nickname, linked }) =>
      `<button name="user" value="${escapeHtml(login)}"${linked ? '' : ' disabled'}>${escapeHtml(nickname)}` +
      `<small>${linked ? '연결 끊기' : '연결되지 않음'}</small></button>`,
  );
  return page(
    '연결된 서비스 (연습용)',
    `<h1>연결된 서비스 <small>(연습용)</small></h1>
<p>${escapeHtml(notice ?? '경단과 연결된 사용자입니다. 연결을 끊으면 카카오처럼 경단에 알립니다.')}</p>
<form method="post">
${buttons.join('\n')}
</form>`,
  );
}

/** What Kakao shows instead of redirecting to an address it does not trust. */
export function errorPage(code: string, message: string): string {
  return page(
    `로그인 오류 (${code})`,
    `<h1>로그인할 수 없습니다</h1>\n<p>${escapeHtml(message)}</p>\n<code>${escapeHtml(code)}</code>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="ko">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>
${body}
</main></body>
</html>
`;
}
