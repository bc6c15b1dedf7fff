import type { Prisma } from '../../src/adapters/database/database';
import type { Answerer, Passage } from '../../src/domain/answer/answerer';
import { nameKeysOf } from '../../src/domain/glossary/term-names';
import { keyOf } from '../../src/domain/korean/words';
import { InputError } from '../recommend/command-line';
import type { AskedQuestion } from './questions-file';

export interface Miss extends AskedQuestion {
  /** The first source of the answer, in the form of what is expected. */
  answeredBy: string;
}

export interface AnswersEvaluation {
  questions: number;
  right: number;
  accuracy: number;
  kinds: { kind: string; questions: number; right: number; accuracy: number }[];
  misses: Miss[];
}

const KINDS = ['glossary', 'article', 'faq', 'unknown'];

/** How many questions are answered from the right source first, or rightly not at all. Throws InputError for an article that is not there. */
export async function evaluateAnswers(
  { answerer, prisma }: { answerer: Answerer; prisma: Prisma },
  questions: readonly AskedQuestion[],
): Promise<AnswersEvaluation> {
  const articles = await prisma.article.findMany({
    select: { id: true, title: true },
    orderBy: { id: 'asc' },
  });
  const articleOf = (word: string) => {
    const article = articles.find(({ title }) => keyOf(title).includes(keyOf(word)));
    if (!article) throw new InputError(`articleContext: no article has ${JSON.stringify(word)} in its title`);
    return article.id;
  };
  const asked = questions.map((question) => ({
    question,
    articleId: question.articleContext ? articleOf(question.articleContext) : null,
  }));
  const answered: { question: AskedQuestion; isRight: boolean; answeredBy: string }[] = [];
  for (const { question, articleId } of asked) {
    const { sources, isUnknown } = await answerer.answer(
      { question: question.question, articleId },
      { signal: new AbortController().signal, jobId: 'evaluation', onText: () => undefined },
    );
    const first = isUnknown ? undefined : sources[0];
    answered.push({ question, isRight: isAnsweredBy(question.expect, first), answeredBy: told(first) });
  }
  const scoreOf = (part: typeof answered) => {
    const right = part.filter(({ isRight }) => isRight).length;
    return { questions: part.length, right, accuracy: part.length === 0 ? 1 : right / part.length };
  };
  return {
    ...scoreOf(answered),
    kinds: KINDS.map((kind) => ({
      kind,
      ...scoreOf(answered.filter(({ question }) => question.expect.split(':')[0] === kind)),
    })).filter((score) => score.questions > 0),
    misses: answered
      .filter(({ isRight }) => !isRight)
      .map(({ question, answeredBy }) => ({ ...question, answeredBy })),
  };
}

function isAnsweredBy(expected: string, source: Passage | undefined): boolean {
  if (expected === 'unknown') return source === undefined;
  const [kind, ...rest] = expected.split(':');
  const key = keyOf(rest.join(':'));
  if (source === undefined || source.kind !== (kind === 'glossary' ? 'term' : kind)) return false;
  if (kind !== 'glossary') return keyOf(source.title).includes(key);
  return nameKeysOf({ term: source.title, aliases: [] }).includes(key);
}

function told(source: Passage | undefined): string {
  if (source === undefined) return 'unknown';
  return `${source.kind === 'term' ? 'glossary' : source.kind}:${source.title}`;
}
