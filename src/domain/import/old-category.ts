import { ARTICLE_CATEGORIES, CATEGORY_NAMES, type ArticleCategory } from '../article/category';
import { keyOf } from '../korean/words';

/** Words that name a shelf, in the form of keyOf. */
const WORDS: [RegExp, ArticleCategory][] = [
  [/오피니언|의견|사설|칼럼|논평|기고|opinion|column/, 'OPINION_AND_ANALYSIS'],
  [/스포츠|여가|레저|sport|leisure/, 'SPORTS_AND_LEISURE'],
  [/정치|사회|국제|외교|politic|society|social/, 'POLITICS_AND_SOCIETY'],
  [/기술|과학|문화|연예|tech|science|culture|^it$/, 'TECHNOLOGY_AND_CULTURE'],
  [/경제|기업|금융|증권|산업|부동산|비즈니스|재테크|econom|business|financ/, 'ECONOMY_AND_BUSINESS'],
  [/분석|analysis/, 'OPINION_AND_ANALYSIS'],
];

/** The shelf that the old services meant; null for a word that names none. */
export function oldCategory(text: string | null): ArticleCategory | null {
  const key = keyOf(text ?? '');
  if (key === '') return null;
  const exact = ARTICLE_CATEGORIES.find((one) => keyOf(one) === key || keyOf(CATEGORY_NAMES[one]) === key);
  return exact ?? WORDS.find(([words]) => words.test(key))?.[1] ?? null;
}
