import type { Passage } from '../answerer';

const FORMS: readonly (readonly [mark: RegExp, form: string])[] = [
  [/칼럼/, '칼럼'],
  [/사설/, '사설'],
];
const SAYS_WHOSE = /쓴\s?(?:사람|이)|글쓴이|필자|칼럼|사설|의견/;

/** Says whose view it is that an article tells; null for one that tells news. */
export function whoseView({ title, isOpinion }: Pick<Passage, 'title' | 'isOpinion'>): string | null {
  if (!isOpinion) return null;
  const mark = /^\[[^\]]*\]/.exec(title)?.[0] ?? '';
  const form = FORMS.find(([pattern]) => pattern.test(mark))?.[1] ?? '글';
  return `이 ${form}을 쓴 사람은 이렇게 봐요.`;
}

/** What is said behind a text that tells somebody's view as if it were a fact; null when it says whose it is. */
export function whoseViewBehind(text: string, sources: readonly Passage[]): string | null {
  const place = sources.findIndex(({ isOpinion }) => isOpinion);
  if (place < 0 || SAYS_WHOSE.test(text)) return null;
  return `[${place + 1}]은 쓴 사람의 의견을 담은 글이에요.`;
}
