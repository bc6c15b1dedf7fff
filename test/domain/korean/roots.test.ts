import { rootOf } from '../../../src/domain/korean/roots';
import { hasSynonyms, meaningOf } from '../../../src/domain/korean/same-meaning';

describe('the forms of a word', () => {
  it.each([
    '떨어지는 떨어져 떨어졌다 떨어진 떨어질 떨어지면',
    '내리는 내려 내린 내렸어요 내려서',
    '오르는 올라 오른 올랐다',
    '빌리는 빌려 빌린 빌려서 빌려주는',
    '갚는 갚아 갚지 갚을 갚은 갚기',
    '파는 팔 판 팔아 팔고 팔았다가',
    '수입한 수입하는 수입 수입을',
    '값이 값 값을 값은',
    '돈을 돈이 돈 돈의',
    '물가가 물가 물가는',
    '회사가 회사들이 회사',
  ])('have one root: %s', (forms) => {
    expect(new Set(forms.split(' ').map(rootOf)).size).toBe(1);
  });

  it('have another root than other words', () => {
    const words = '물건 물가 물 주주 주가 이자 기업 기간 금지 금리 매달 처음 떨어지다 오르다 갚다'.split(' ');
    expect(new Set(words.map(rootOf)).size).toBe(words.length);
  });

  it.each([
    ['떨어지는', '하락했다'],
    ['가격이', '값을'],
    ['회사들이', '기업은'],
    ['매달', '다달이'],
  ])('%s means what %s means', (word, other) => {
    expect(meaningOf(word)).toBe(meaningOf(other));
    expect(hasSynonyms(word)).toBe(true);
  });

  it.each(['', 'GDP', '3%', '가'.repeat(1_000), '\ud800'])('stay as they are: %j', (word) => {
    expect(meaningOf(word)).toBe(word);
    expect(hasSynonyms(word)).toBe(false);
  });
});
