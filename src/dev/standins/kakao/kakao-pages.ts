import path from 'node:path';
import type { FastifyReply } from 'fastify';
import { templatesIn } from '../../../templates';
import type { KakaoTestUser } from './kakao-test-users';

/** No `form-action`: Chromium applies it to the redirect after the post and would block the way back. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";
const AVATAR_COLOURS = ['#6b4fd8', '#0f8a6c', '#c2571a', '#1d6fb8', '#b0357a', '#5b7a12'];

const render = templatesIn(path.join(__dirname, 'templates'));

export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .type('text/html;charset=UTF-8')
    .send(html);
}

/** The consent page: one button a test user, posting back to the address it was shown at. */
export function consentPage(users: readonly KakaoTestUser[], loginHint: string | undefined): string {
  return render('consent', {
    title: '카카오 로그인 (연습용)',
    users: users.map((user) => ({ ...user, hinted: user.login === loginHint })),
  });
}

/** Who has agreed to our app, each with a button that ends it, as in the settings of a Kakao account. */
export function connectionsPage(
  users: readonly (KakaoTestUser & { linked: boolean })[],
  notice = '경단과 연결된 사용자입니다. 연결을 끊으면 카카오처럼 경단에 알립니다.',
): string {
  return render('connections', { title: '연결된 서비스 (연습용)', users, notice });
}

/** What Kakao shows instead of redirecting to an address it does not trust. */
export function errorPage(code: string, message: string): string {
  return render('error', { title: `로그인 오류 (${code})`, code, message });
}

/** A small picture for the profile: the last character of the name on a colour of its own. */
export function avatarSvg({ kakaoId, login }: KakaoTestUser): string {
  const colour = AVATAR_COLOURS[Number(kakaoId) % AVATAR_COLOURS.length];
  return render('avatar', { colour, letter: login === 'admin' ? '관' : login.slice(-1) });
}
