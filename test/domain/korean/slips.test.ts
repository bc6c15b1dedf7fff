import { lettersSpelt, speltOut } from '../../../src/domain/korean/letter-names';
import { areWithinSlips, lettersOf, soundOf } from '../../../src/domain/korean/slips';
import { fromKoreanKeys } from '../../../src/domain/korean/typing';

describe('the letters of a word', () => {
  it.each([
    ['환율', 'ㅎㅗㅏㄴㅇㅠㄹ'],
    ['값 GDP', 'ㄱㅏㅂㅅ GDP'],
    ['힣가', 'ㅎㅣㅎㄱㅏ'],
    ['ㄷ새', 'ㄷㅅㅐ'],
    ['', ''],
  ])('are those that are typed: %j', (word, letters) => expect(lettersOf(word)).toBe(letters));
});

describe('two words', () => {
  it.each([
    ['공매도', '공메도', 1, true],
    ['공매도', '공매돗', 1, true],
    ['완화', '오나화', 1, true],
    ['금리', '금융', 1, false],
    ['스태그플레이션', '스테그플래이션', 1, false],
    ['스태그플레이션', '스테그플래이션', 2, true],
    ['deflation', 'delfation', 1, true],
    ['가', '가', 0, true],
    ['가', '나', 0, false],
    ['', '가나', 2, false],
  ])('%s and %s are within %i slips: %s', (word, other, slips, expected) => {
    expect(areWithinSlips(lettersOf(word), lettersOf(other), slips)).toBe(expected);
    expect(areWithinSlips(lettersOf(other), lettersOf(word), slips)).toBe(expected);
  });

  it.each([
    ['환율', '환률', true],
    ['대출', '데출', true],
    ['연체율', '연채률', true],
    ['외환', '왜환', true],
    ['주식', '주씩', true],
    ['담보', '담배', false],
    ['금리', '금이', false],
  ])('%s and %s sound the same: %s', (word, other, expected) =>
    expect(soundOf(word) === soundOf(other)).toBe(expected),
  );
});

describe('letters spelt out in Hangul', () => {
  it.each([
    ['LTV', '엘티브이'],
    ['LTV', '엘티비'],
    ['etf', '이티에프'],
    ['CPI', '시피아이'],
    ['S&P', '에스앤피'],
  ])('%s is %s', (letters, word) => {
    expect(speltOut(letters)).toContain(word);
    if (!letters.includes('&')) expect(lettersSpelt(word)).toContain(letters.toLowerCase());
  });

  it('are few, and none of words that spell nothing', () => {
    expect(speltOut('CHCHCHCH').length).toBeLessThanOrEqual(16);
    expect(lettersSpelt('비비비비비비비비').length).toBeLessThanOrEqual(16);
    for (const word of ['', '금리', '이', '이티에프를', 'etf', '가'.repeat(500)])
      expect(lettersSpelt(word)).toEqual([]);
    for (const letters of ['', 'A', 'ETF2', 'ABCDEFGHI']) expect(speltOut(letters)).toEqual([]);
  });
});

describe('an English word typed on a Korean keyboard', () => {
  it.each([
    ['ㄷㅅㄹ', 'etf'],
    ['ㅎ에', 'gdp'],
    ['ㅑㅜㄹㅣㅁ샤ㅐㅜ', 'inflation'],
    ['금리', null],
    ['ㄷ', null],
    ['ㄷㅅㄹ가 뭐', null],
    ['etf', null],
    ['ㄷ'.repeat(201), null],
  ])('%s is %s', (word, letters) => expect(fromKoreanKeys(word)).toBe(letters));
});
