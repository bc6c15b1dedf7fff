import { checkFidelity } from '../../../../src/domain/article/fidelity/check-fidelity';

function figures(content: string, original = '은행이 문을 닫았다. 5% 줄었다.'): string[] {
  return checkFidelity({
    original: { title: '', content: original, publishedAt: null },
    rewrite: { title: '', content, comment: null, phrases: [] },
  }).unsupportedFigures;
}

describe('a figure that nobody said', () => {
  it.each([
    ['behind "the number of"', '은행 직원 수 9,900명', '9,900명'],
    ['behind "the number of", in words', '이용자 수 삼백만 명', '삼백만 명'],
    ['in Chinese characters', '三十億 원', '三十億 원'],
    ['in Chinese and Korean', '九억 원', '九억 원'],
    ['in the digits of Arabic', '٩٩%', '٩٩%'],
    ['in the digits of Hindi', '९९%', '९९%'],
    ['in mathematical letters', '𝟗𝟗%', '𝟗𝟗'],
    ['in circles', '⑨⑨%', '⑨⑨%'],
    ['above the line', '⁹⁹%', '⁹⁹%'],
    ['below the line', '₉₉%', '₉₉%'],
    ['of Rome', 'Ⅸ%', 'Ⅸ'],
    ['as one fraction', '¾ 줄었다', '¾'],
    ['parted by what nobody sees', '5\u034f5% 늘었다', '55%'],
    ['parted by a Hangul filler', '5\u31645% 늘었다', '55%'],
    ['behind a thousand that were said', `${'5% '.repeat(1_000)}99억 원을 잃었다.`, '99억 원'],
  ])('%s is found', (_how, text, found) => {
    expect(figures(text)).toEqual([found]);
  });

  it.each(['① 금리는 ② 환율은', '㈜한빛 第三者 四面楚歌', '수 천만 원을 썼어요.', '몇 백 명이 왔어요.'])(
    'is none in %s',
    (text) => {
      expect(figures(text)).toEqual([]);
    },
  );

  it.each([
    ['三十億 원을 냈다.', '30억 원'],
    ['직원 수 1,200명', '직원이 1,200명이에요.'],
    ['100m² 넓이다.', '100㎡예요.'],
  ])('is none where the original says it otherwise: %s', (original, text) => {
    expect(figures(text, original)).toEqual([]);
  });
});
