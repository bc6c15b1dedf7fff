import { ExtractiveRewriter } from '../../../src/domain/article/rewriting/extractive/extractive-rewriter';
import { checkFidelity } from '../../../src/domain/article/fidelity/check-fidelity';
import { isBoilerplate } from '../../../src/domain/article/rewriting/extractive/boilerplate';
import { toPlainLine, toPlainText } from '../../../src/domain/article/rewriting/rewriter-plain-text';
import { splitSentences } from '../../../src/domain/korean/sentences';
import { featureCounts } from '../../../src/domain/korean/words';
import { deliveredTerms } from '../../../src/domain/glossary/term-explainer';
import { TermMatcher } from '../../../src/domain/glossary/term-matcher';
import newsroom from '../../../src/dev/standins/newsroom/articles.json';
import { AppError } from '../../../src/errors';
import { atMostTenTimes, processorTime } from '../../helpers/processor-time';

const LENGTH = 50_000;
const MARKS = [
  '.', '?', '!', '…', '。', '"', "'", '“', '(', '[', '<', '*', '#', '-', '△', '·', 'ㆍ', ' ', '\n', '\t', '7', 'a', '@', '가',
  '다.', '은 ', '에서 ', '中 ', '<!--', '<script>', '</script ', '[a](', '`', '_', '1.', '금리',
]; // prettier-ignore
/** Every mark alone, and with one other, each other in turn. */
const UNITS = [
  ...MARKS,
  ...MARKS.flatMap((mark, at) => [1, 5, 11, 17].map((step) => mark + MARKS[(at + step) % MARKS.length]!)),
];
const filled = (unit: string) => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);
const prose = filled(newsroom.flatMap(({ paragraphs }) => paragraphs).join('\n'));

const rewriter = new ExtractiveRewriter();
const { signal } = new AbortController();
const matcher = new TermMatcher([{ term: '기준금리', aliases: [] }, { term: '금리', aliases: [] }]); // prettier-ignore

const READERS: [string, (text: string) => unknown][] = [
  ['plain text', toPlainText],
  ['a plain line', toPlainLine],
  ['sentences', splitSentences],
  ['words', (text) => featureCounts(text)],
  ['boilerplate', (text) => isBoilerplate(text, '제목')],
  ['terms', (text) => matcher.all([text], 50)],
  ['explanations', (text) => deliveredTerms.explain(text)],
  [
    'fidelity',
    (text) =>
      checkFidelity({
        original: { title: text.slice(0, 200), content: text },
        rewrite: { title: text.slice(0, 200), content: text.slice(1), comment: null, phrases: [] },
      }),
  ],
  [
    'the built-in rewriter',
    (text) =>
      rewriter.rewrite({ title: text, content: text }, { signal }).catch((error: unknown) => {
        expect(error).toBeInstanceOf(AppError);
      }),
  ],
];

describe('50,000 characters of one mark or two', () => {
  it.each(READERS)(
    'take %s at most ten times what prose takes',
    async (_name, read) => {
      const cpu = (text: string) => processorTime(() => read(text));
      await cpu(prose);
      const bound = atMostTenTimes(await cpu(prose));
      const slow: [string, number][] = [];
      for (const unit of UNITS) {
        const milliseconds = await cpu(filled(unit));
        if (milliseconds > bound) slow.push([unit, milliseconds]);
      }
      expect(slow).toEqual([]);
    },
    240_000,
  );
});
