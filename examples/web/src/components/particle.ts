const FIRST = '가'.charCodeAt(0);
const LAST = '힣'.charCodeAt(0);

/** 을 or 를, by the last letter of the word before it. */
export function objectParticle(word: string): string {
  const code = word.charCodeAt(word.length - 1);
  if (code < FIRST || code > LAST) return '을(를)';
  return (code - FIRST) % 28 === 0 ? '를' : '을';
}
