/** How Latin letters are spelt out in Hangul, the usual way first. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  a: ['에이'], b: ['비'], c: ['씨', '시'], d: ['디'], e: ['이'], f: ['에프'], g: ['지', '쥐'], h: ['에이치', '에이취', '에치'],
  i: ['아이'], j: ['제이'], k: ['케이'], l: ['엘'], m: ['엠'], n: ['엔'], o: ['오'], p: ['피'], q: ['큐'], r: ['알', '아르'],
  s: ['에스'], t: ['티'], u: ['유'], v: ['브이', '비'], w: ['더블유', '더블류'], x: ['엑스'], y: ['와이'], z: ['제트'],
  '&': ['앤', '앤드'],
}; // prettier-ignore
const LETTERS_OF = new Map<string, string[]>();
for (const [letter, names] of Object.entries(NAMES))
  for (const name of names) LETTERS_OF.set(name, [...(LETTERS_OF.get(name) ?? []), letter]);
const LONGEST_NAME = Math.max(...[...LETTERS_OF.keys()].map((name) => name.length));
const MAX_LETTERS = 8;
const MAX_SPELLINGS = 16;

/** The ways in which two to eight Latin letters are spelt out in Hangul, at most 16: LTV is 엘티브이 and 엘티비. */
export function speltOut(letters: string): string[] {
  if (letters.length < 2 || letters.length > MAX_LETTERS) return [];
  let spelt = [''];
  for (const letter of letters.toLowerCase()) {
    const names = NAMES[letter];
    if (!names) return [];
    spelt = names.flatMap((name) => spelt.map((before) => before + name)).slice(0, MAX_SPELLINGS);
  }
  return spelt;
}

/** The lower-case letters that a word of Hangul may spell out, at most 16: 엘티비 is ltb and ltv. None for most words. */
export function lettersSpelt(word: string): string[] {
  if (word.length > MAX_LETTERS * LONGEST_NAME || !/^[가-힣]+$/.test(word)) return [];
  /** By place in the word: what may be spelt up to there. */
  const upTo: string[][] = [['']];
  for (let end = 1; end <= word.length; end += 1) {
    const spelt: string[] = [];
    for (let length = 1; length <= Math.min(end, LONGEST_NAME); length += 1)
      for (const letter of LETTERS_OF.get(word.slice(end - length, end)) ?? [])
        spelt.push(...upTo[end - length]!.map((before) => before + letter));
    upTo.push(spelt.slice(0, MAX_SPELLINGS));
  }
  return upTo[word.length]!.filter((letters) => letters.length >= 2 && letters.length <= MAX_LETTERS);
}

/** How a single lower-case letter is called, the usual way first. */
export function namesOfLetter(letter: string): readonly string[] {
  return NAMES[letter] ?? [];
}

/** Which letters are called so: 비 is b and v. */
export function lettersCalled(name: string): readonly string[] {
  return LETTERS_OF.get(name) ?? [];
}
