/** Somebody who can sign in at the stand-in. */
export interface KakaoTestUser {
  /** The value of the form field `user` and of `login_hint`. */
  login: string;
  kakaoId: string;
  nickname: string;
  email: string;
  emailVerified: boolean;
}

/** `admin` and `reader-1` … `reader-5`. */
export const KAKAO_TEST_USERS: readonly Readonly<KakaoTestUser>[] = [
  testUser('admin', '2000001', '관리자'),
  ...[1, 2, 3, 4, 5].map((n) => testUser(`reader-${n}`, String(2000001 + n), `독자 ${n}`)),
];

function testUser(login: string, kakaoId: string, nickname: string): KakaoTestUser {
  return { login, kakaoId, nickname, email: `${login}@example.com`, emailVerified: true };
}

const AVATAR_COLOURS = ['#6b4fd8', '#0f8a6c', '#c2571a', '#1d6fb8', '#b0357a', '#5b7a12'];

/** A small picture for the profile: the last character of the nickname on a colour of its own. */
export function avatarSvg(user: KakaoTestUser): string {
  const colour = AVATAR_COLOURS[Number(user.kakaoId) % AVATAR_COLOURS.length];
  const letter = user.login === 'admin' ? '관' : user.login.slice(-1);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="110" height="110" viewBox="0 0 110 110">` +
    `<rect width="110" height="110" fill="${colour}"/>` +
    `<text x="55" y="73" font-family="sans-serif" font-size="52" text-anchor="middle" fill="#fff">${letter}</text></svg>`
  );
}
