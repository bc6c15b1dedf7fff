/** The first that a User-Agent has: browsers also name the ones they want to be taken for. */
const BROWSERS: readonly [string, RegExp][] = [
  ['카카오톡', /KAKAOTALK/i],
  ['네이버 앱', /NAVER/],
  ['삼성 인터넷', /SamsungBrowser/],
  ['웨일', /Whale/],
  ['Edge', /Edg/],
  ['Opera', /OPR\//],
  ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrome|CriOS/],
  ['Safari', /Safari/],
];
const SYSTEMS: readonly [string, RegExp][] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['Mac', /Mac OS X/],
  ['Chromebook', /CrOS/],
  ['Linux', /Linux/],
];
const MAX_LENGTH = 60;

/** A browser as its reader would call it; what is none by the beginning of its User-Agent. */
export function deviceOf(userAgent: string | null | undefined): string {
  if (!userAgent) return '알 수 없는 기기';
  const known = [SYSTEMS, BROWSERS].flatMap(
    (names) => names.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? [],
  );
  return known.length > 0 ? known.join(' ') : userAgent.slice(0, MAX_LENGTH);
}
