import type { Prisma } from '../../src/adapters/database/database';
import type { AnsweringOptions, Answerer, Passage, WrittenAnswer } from '../../src/domain/answer/answerer';

type Script = (options: AnsweringOptions) => Promise<WrittenAnswer>;

/** Answers at once what tests do not care about; `next` says otherwise of the questions to come. */
export class ScriptedAnswerer implements Answerer {
  readonly asked: { question: string; articleId: string | null; jobId: string }[] = [];
  private readonly scripts: Script[] = [];

  next(...scripts: Script[]): void {
    this.scripts.push(...scripts);
  }

  answer(
    question: { question: string; articleId: string | null },
    options: AnsweringOptions,
  ): Promise<WrittenAnswer> {
    this.asked.push({ ...question, jobId: options.jobId });
    const script = this.scripts.shift() ?? (() => Promise.resolve(written()));
    return script(options);
  }
}

export function written(data: Partial<WrittenAnswer> = {}): WrittenAnswer {
  const model = 'scripted';
  return {
    text: '기준금리는 돈의 값이에요. [1]',
    sources: [term()],
    isUnknown: false,
    model,
    promptVersion: '1',
    ...data,
  };
}

/** The row that `term()` is of: what an answer rests on must be there for it to be shown. */
export async function createTermOfAnswers(prisma: Prisma): Promise<void> {
  const { id, title, text } = term();
  await prisma.economicTerm.create({ data: { id, term: title, termKey: title, description: text } });
}

export function term(data: Partial<Passage> = {}): Passage {
  return {
    kind: 'term',
    id: '0190a000-0000-7000-8000-000000000001',
    title: '기준금리',
    text: '나라가 정하는 이자율이에요.',
    link: null,
    publishedAt: null,
    ...data,
  };
}

/** Writes some words, and then nothing until the call is ended. */
export function hanging(words = '기준금리는'): Script {
  return ({ onText, signal }) =>
    new Promise((_resolve, reject) => {
      void onText(words);
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
}
