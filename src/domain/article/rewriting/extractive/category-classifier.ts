import { ARTICLE_CATEGORIES, type ArticleCategory } from '../../category';
import categoryWords from './category-words.json';
import labelledArticles from './labelled-articles.json';
import labelledSentences from './labelled-sentences.json';
import { NaiveBayes } from './naive-bayes';

/** [사설], <데스크 칼럼>, [기자의 눈], 사설 | 제목. */
const OPINION_TAG =
  /[[<(【〈](?:[^\])>】〉]{0,10}(?:사설|칼럼|기고|투고|시론|시평|논단|논설|오피니언|서평|기자\s?수첩|의 (?:눈|시각))|(?:전문가 )?(?:분석|전망|진단))[\])>】〉]|^(?:사설|칼럼|기고|시론)\s*[|:]/;
const TITLE_WEIGHT = 2.5;
/** What an article is about stands at its top: 2 for the first sentence, 1.5 for the second, near 1 for the last. */
const weightOf = (index: number) => 1 + 1 / (index + 1);
/** What somebody in the article says: a director's "…해야 합니다" makes no opinion piece of an interview. */
const QUOTED = /[“"][^“”"\n]*[”"]/g;

export interface LabelledArticle {
  category: ArticleCategory;
  title: string;
  /** How it begins. */
  text: string;
}

export const LABELLED_ARTICLES = ARTICLE_CATEGORIES.flatMap((category) =>
  labelledArticles[category].map((article): LabelledArticle => ({ category, ...article })),
);

/** What the built-in classifier learns from, as (category, words, sentence, headline or beginning). */
export function trainingTexts(articles: readonly LabelledArticle[]): [ArticleCategory, string][] {
  return [
    ...ARTICLE_CATEGORIES.flatMap((category) =>
      [...categoryWords[category], ...labelledSentences[category]].map((text): [ArticleCategory, string] => [
        category,
        text,
      ]),
    ),
    ...articles.flatMap(({ category, title, text }) =>
      ownWords([title, text]).map((part): [ArticleCategory, string] => [category, part]),
    ),
  ];
}

let trained: NaiveBayes<ArticleCategory> | undefined;

/**
 * The category of an article: headline and sentences vote with their probabilities, those at the top with more weight.
 * Trains on first use. The headline as published may carry a tag such as [사설], which decides. A tie goes to the earlier
 * enum value. docs/categories.md says what belongs where.
 */
export function classifyArticle(title: string, sentences: readonly string[]): ArticleCategory {
  if (OPINION_TAG.test(title)) return 'OPINION_AND_ANALYSIS';
  trained ??= new NaiveBayes(trainingTexts(LABELLED_ARTICLES));
  return mostVoted(trained, title, sentences);
}

/** The same without regard to tags, by what a classifier has learnt. */
export function mostVoted(
  classifier: NaiveBayes<ArticleCategory>,
  title: string,
  sentences: readonly string[],
): ArticleCategory {
  const votes = new Map<ArticleCategory, number>(ARTICLE_CATEGORIES.map((category) => [category, 0]));
  const vote = (text: string, weight: number) => {
    for (const [category, probability] of classifier.probabilities(text))
      votes.set(category, (votes.get(category) ?? 0) + weight * probability);
  };
  vote(title, TITLE_WEIGHT);
  for (const [index, sentence] of ownWords(sentences).entries()) vote(sentence, weightOf(index));
  return [...votes].reduce((best, candidate) => (candidate[1] > best[1] ? candidate : best))[0];
}

function ownWords(texts: readonly string[]): string[] {
  return texts.map((text) => text.replace(QUOTED, ' '));
}
