import { oldCategory } from '../../../src/domain/import/old-category';
import { oldPhrases } from '../../../src/domain/import/old-phrases';
import { pastTimeOf, plainText, RowNotes, showableUrl } from '../../../src/domain/import/old-text';
import type { ImportRun } from '../../../src/domain/import/import-step';

const NOW = new Date('2026-11-30T00:00:00Z');

describe('What stands in an old row', () => {
  it.each([
    [null, []],
    ['null', []],
    ['""', []],
    ['{"금리":"이자율","환율":7}', [['금리', '이자율'], ['환율', '7']]],
    ['[{"expression":"금리","easy":"이자율"}]', [['금리', '이자율']]],
    ['{"expression":"금리","easy":"이자율"}', [['금리', '이자율']]],
    ['[{"금리":"이자율"},{"환율":"돈값"}]', [['금리', '이자율'], ['환율', '돈값']]],
    ['[["금리","이자율"],["환율","돈값"]]', [['금리', '이자율'], ['환율', '돈값']]],
    ['"{\\"금리\\":\\"이자율\\"}"', [['금리', '이자율']]],
    ['"```json\\n{\\"금리\\":\\"이자율\\"}\\n```"', [['금리', '이자율']]],
    ['{"phrases":[{"word":"금리","meaning":"<b>이자율</b>"}]}', [['금리', '이자율']]],
  ] as const)('is a phrase in %s', (json, expected) => {
    const notes = new RowNotes();
    expect(oldPhrases(json, notes).map(({ expression, easy }) => [expression, easy])).toEqual(expected);
    expect(notes.list()).toEqual([]);
  }); // prettier-ignore

  it('tells of phrases that cannot be read, and of too many', () => {
    const notes = new RowNotes();
    const many = Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`말 ${at}`, '뜻']));
    expect(oldPhrases(JSON.stringify({ ...many, ' ': '뜻' }), notes)).toHaveLength(20);
    expect(oldPhrases('"그냥 글"', notes)).toEqual([]);
    expect(notes.list().sort()).toEqual(['PHRASES_CUT', 'PHRASES_UNREADABLE']);
  });

  it.each([
    ['ECONOMY_AND_BUSINESS   ', 'ECONOMY_AND_BUSINESS'], ['economy and business', 'ECONOMY_AND_BUSINESS'], ['경제', 'ECONOMY_AND_BUSINESS'],
    ['정치·사회', 'POLITICS_AND_SOCIETY'], ['IT', 'TECHNOLOGY_AND_CULTURE'], ['스포츠', 'SPORTS_AND_LEISURE'], ['오피니언', 'OPINION_AND_ANALYSIS'],
    ['credit', null], ['모름', null], ['', null], [null, null],
  ] as const)('is of a category in %j', (word, category) => {
    expect(oldCategory(word)).toBe(category);
  }); // prettier-ignore

  it.each([
    ['&quot;금리&quot;\r\n둘째', '"금리"\n둘째'],
    ['&amp;quot;두 번&amp;quot;', '"두 번"'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;글', '글'],
    ['1 < 2 & 3', '1 < 2 & 3'],
    [' \u200b ', ''],
    [null, ''],
  ])('is a text in %j', (given, plain) => {
    expect(plainText(given)).toBe(plain);
  });

  it.each([
    ['1727827200000', '2024-10-02T00:00:00.000Z', []],
    ['2024-10-02T09:00:00', '2024-10-02T00:00:00.000Z', []],
    ['2024-10-02 09:00:00', '2024-10-02T00:00:00.000Z', []],
    ['32472144000000', NOW.toISOString(), ['DATE_IN_FUTURE']],
    ['-62135596800000', undefined, ['DATE_UNUSABLE']],
    ['언젠가', undefined, ['DATE_UNUSABLE']],
    ['', undefined, []],
  ])('is a time in %j', (written, time, told) => {
    const notes = new RowNotes();
    expect(pastTimeOf(written, NOW, notes)?.toISOString()).toBe(time);
    expect(notes.list()).toEqual(told);
  });

  it.each([
    ['https://img.example.com/a.jpg?a=1&amp;b=2', 'https://img.example.com/a.jpg?a=1&b=2'],
    ['javascript:alert(1)', null], ['/relative', null], ['data:image/png;base64,AA', null], ['http://192.168.0.1/a', null],
    ['https://user:pw@example.com/', null], [null, null],
  ])('is an address in %j', (given, url) => {
    expect(showableUrl(given, { trustedOrigins: new Set<string>() } as unknown as ImportRun)).toBe(url);
  }); // prettier-ignore
});
