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
