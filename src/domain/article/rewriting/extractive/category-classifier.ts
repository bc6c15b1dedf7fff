import { ARTICLE_CATEGORIES, type ArticleCategory } from '../../category';
import labelledSentences from './labelled-sentences.json';
import { NaiveBayes } from './naive-bayes';

const OPINION_TAG = /[[<(【](?:사설|시론|기고|시평|논단|오피니언|기자\s?수첩|[^\])>】]{0,10}칼럼)[\])>】]/;
const TITLE_WEIGHT = 2;

/** What the built-in classifier learns from, as (category, sentence). */
export const LABELLED_SENTENCES: readonly (readonly [ArticleCategory, string])[] = ARTICLE_CATEGORIES.flatMap(
  (category) => labelledSentences[category].map((sentence) => [category, sentence] as const),
);

let trained: NaiveBayes<ArticleCategory> | undefined;

/**
 * The category of an article: every sentence votes with its probabilities, the headline twice. Trains on first use.
 * The headline as published may carry a tag such as [사설], which decides. A tie goes to the earlier enum value.
 */
export function classifyArticle(title: string, sentences: readonly string[]): ArticleCategory {
  if (OPINION_TAG.test(title)) return 'OPINION_AND_ANALYSIS';
  trained ??= new NaiveBayes(LABELLED_SENTENCES);
  const votes = new Map<ArticleCategory, number>(ARTICLE_CATEGORIES.map((category) => [category, 0]));
  const vote = (text: string, weight: number) => {
    for (const [category, probability] of trained?.probabilities(text) ?? []) {
      votes.set(category, (votes.get(category) ?? 0) + weight * probability);
    }
  };
  vote(title, TITLE_WEIGHT);
  for (const sentence of sentences) vote(sentence, 1);
  return [...votes].reduce((best, candidate) => (candidate[1] > best[1] ? candidate : best))[0];
}
