import { readFileSync } from 'node:fs';
import path from 'node:path';
import { escapeUTF8 as escapeHtml } from 'entities';
import type { FastifyReply } from 'fastify';
import type { KakaoTestUser } from './kakao-test-users';

/** No `form-action`: Chromium applies it to the redirect after the post and would block the way back. */
const PAGE_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const STYLE = readFileSync(path.join(__dirname, 'kakao-pages.css'), 'utf8');

export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .headers({
      'content-security-policy': PAGE_CSP,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .type('text/html;charset=UTF-8')
    .send(html);
}

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
