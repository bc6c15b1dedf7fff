import frozen from '../fixtures/frozen-articles.json';
import type { ArticleCategory } from '../../src/generated/prisma/client';

/** Articles as newspapers write them, some twenty a category; the categories take turns. */
export const SAMPLE_TEXTS: readonly { category: ArticleCategory; title: string; content: string }[] =
  Object.entries(frozen)
    .flatMap(([category, articles]) =>
      articles.map(({ title, text }, place) => ({
        place,
        category: category as ArticleCategory,
        title,
        content: text,
      })),
    )
    .sort((left, right) => left.place - right.place)
    .map(({ category, title, content }) => ({ category, title, content }));

/** The same story as another paper tells it: some sentences turned round, a few words of its own. */
export function retold({ category, title, content }: (typeof SAMPLE_TEXTS)[number], n: number) {
  const sentences = content.split(/(?<=[.!?])\s+/);
  return {
    category,
    title: `[${n}보] ${title}`,
    content: [...sentences.slice(1), sentences[0]!, '취재를 이어 가고 있어요.'].join(' '),
  };
}
