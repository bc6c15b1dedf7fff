import type { FoundPassages, Passage, WritingOptions } from '../../../src/domain/answer/answerer';
import { ExtractiveAnswerWriter } from '../../../src/domain/answer/writing/extractive-answer-writer';
import { SourcedAnswerer } from '../../../src/domain/answer/sourced-answerer';
import { unknownAnswer } from '../../../src/domain/answer/writing/unknown-answer';

const passage = (kind: Passage['kind'], title: string, text: string): Passage => ({
  kind, id: title, title, text, link: null, publishedAt: null,
}); // prettier-ignore
const TERM = passage(
  'term',
  '기준금리',
  '중앙은행이 정하는 금리로, 다른 금리의 출발점이다. 대출 금리도 이것을 따른다.\n예를 들면: 한국은행이 0.25%포인트 내렸다.',
);
const FAQ = passage(
  'faq',
  '로그인은 어떻게 하나요?',
  '카카오 계정으로 로그인합니다. 비밀번호는 만들지 않습니다.',
);
const ARTICLE = passage(
  'article',
  '딸기값이 뛰었어요',
  '겨울 과일이 시장에 나왔다. 딸기 한 상자는 3만 원으로 지난해의 두 배다. 난방비가 올랐기 때문이다. 사과는 그대로다.',
);

const signal = new AbortController().signal;
function optionsOf(told: string[] = []): WritingOptions {
  return { signal, jobId: 'job', onText: (text) => void told.push(text) };
}
const write = (question: string, passages: Passage[], told?: string[]) =>
  new ExtractiveAnswerWriter().write(
    question,
    { passages, together: passages.length, instead: [] },
    optionsOf(told),
  );

describe('An answer without a model', () => {
  it('tells what a term is in 해요체, with its source', async () => {
    const { text, sources, isUnknown, model, promptVersion } = await write('기준금리가 뭐야?', [TERM]);
    // The example is made up.
    expect(text).toBe(
      '기준금리는 중앙은행이 정하는 금리로, 다른 금리의 출발점이에요. [1] 대출 금리도 이것을 따라요. [1]',
    );
    expect({ sources, isUnknown, model, promptVersion }).toEqual({
      sources: [TERM], isUnknown: false, model: 'extractive', promptVersion: 'extractive-answer.v1',
    }); // prettier-ignore
  });

  it('tells each of two terms that are compared', async () => {
    const other = passage('term', '콜금리', '은행끼리 하루 빌리는 돈의 금리예요.');
    const { text, sources } = await write('기준금리랑 콜금리 차이가 뭐야?', [TERM, other]);
    expect(text).toContain('콜금리는 은행끼리 하루 빌리는 돈의 금리예요. [2]');
    expect(sources).toEqual([TERM, other]);
  });

  it('tells the answer of the FAQ in 해요체', async () => {
    const { text } = await write('로그인 어떻게 해?', [FAQ]);
    expect(text).toBe('카카오 계정으로 로그인해요. [1] 비밀번호는 만들지 않아요. [1]');
  });

  it('tells the sentences of an article that fit best', async () => {
    expect((await write('딸기 한 상자 얼마예요?', [ARTICLE])).text).toContain(
      '딸기 한 상자는 3만 원으로 지난해의 두 배예요. [1]',
    );
    expect((await write('딸기 한 상자 얼마예요?', [ARTICLE])).text).not.toContain('사과');
    expect((await write('요약해 줘', [ARTICLE])).text).toMatch(/^겨울 과일이 시장에 나왔어요\. \[1\]/);
  });

  it.each([
    ['왜 비싸졌어요?', '공장에 불이 났기 때문이에요.'],
    ['언제부터 팔아요?', '내년 3월에 다시 팔아요.'],
    ['몇 살까지 받을 수 있어요?', '19~34세가 받아요.'],
    ['어디서 신청해요?', '복지로에서 신청해요.'],
    ['몇 퍼센트 올랐어요?', '값이 12% 올랐어요.'],
  ])('tells what kind of thing is asked for: %s', async (question, told) => {
    const article = passage(
      'article',
      '귤 지원금',
      '귤 이야기가 오르내린다. 귤을 사는 사람이 많다. 공장에 불이 났기 때문이다. 내년 3월에 다시 판다. 19~34세가 받는다. 복지로에서 신청한다. 값이 12% 올랐다.',
    );
    expect((await write(question, [article])).text).toContain(told);
  });

  it('of several passages tells only those that are asked for together', async () => {
    const found = { passages: [TERM, ARTICLE], together: 1, instead: [] };
    const { sources } = await new ExtractiveAnswerWriter().write('기준금리가 뭐야?', found, optionsOf());
    expect(sources).toEqual([TERM]);
  });

  it.each([
    ['[칼럼] 딸기를 먹자', '이 칼럼을 쓴 사람은 이렇게 봐요.'],
    ['[사설 읽기] 딸기의 순서', '이 사설을 쓴 사람은 이렇게 봐요.'],
    ['[전망] 내년 딸기', '이 글을 쓴 사람은 이렇게 봐요.'],
    ['딸기의 함정', '이 글을 쓴 사람은 이렇게 봐요.'],
  ])('says whose view %s is', async (title, lead) => {
    const column = { ...passage('article', title, '딸기를 더 먹어야 한다. 딸기는 달다.'), isOpinion: true };
    expect((await write('딸기 왜 먹어요?', [column])).text.startsWith(`${lead} `)).toBe(true);
    expect((await write('딸기 왜 먹어요?', [{ ...column, isOpinion: false }])).text).not.toContain('쓴 사람');
  });

  it('is told as it grows, and is the same each time', async () => {
    const told: string[] = [];
    const { text } = await write('기준금리가 뭐야?', [TERM], told);
    expect(told).toHaveLength(2);
    expect(told[1]).toBe(text);
    expect(text.startsWith(told[0]!)).toBe(true);
    expect((await write('기준금리가 뭐야?', [TERM])).text).toBe(text);
  });

  it('ends when its job does', async () => {
    const gone = { ...optionsOf(), signal: AbortSignal.abort(new Error('gone')) };
    const found = { passages: [TERM], together: 1, instead: [] };
    await expect(new ExtractiveAnswerWriter().write('기준금리?', found, gone)).rejects.toThrow('gone');
  });
});

describe('A question that nothing supports', () => {
  const instead = ['금리가 무엇인가요?', '로그인은 어떻게 하나요?'];
  const nothing: FoundPassages = { passages: [], together: 0, instead };

  it('is told to be unknown, with what can be asked instead', () => {
    expect(unknownAnswer(instead)).toMatch(/^모르겠어요\./);
    for (const question of instead) expect(unknownAnswer(instead)).toContain(question);
    expect(unknownAnswer([])).toMatch(/^모르겠어요\..*물어봐 주세요\.$/);
  });

  it.each(['자살하고 싶어요', '요즘 빚 때문에 죽고싶다', '살기 싫어'])(
    'is met with people who help when it is %s',
    async (question) => {
      const nobody = { find: () => Promise.reject(new Error('asked')) };
      const writer = { write: () => Promise.reject(new Error('asked')) };
      const answerer = new SourcedAnswerer(nobody, writer);
      const { text, sources } = await answerer.answer({ question, articleId: null }, optionsOf());
      expect(text).toContain('109');
      expect(sources).toEqual([]);
    },
  );

  it('is put to no writer', async () => {
    const writer = { write: () => Promise.reject(new Error('asked')) };
    const told: string[] = [];
    const answerer = new SourcedAnswerer({ find: () => Promise.resolve(nothing) }, writer);
    const answer = await answerer.answer({ question: '오늘 날씨?', articleId: null }, optionsOf(told));
    expect(answer).toMatchObject({ text: unknownAnswer(instead), sources: [], isUnknown: true });
    expect(told).toEqual([answer.text]);
  });
});
