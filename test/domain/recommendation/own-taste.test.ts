import { inventVisits } from '../../../src/dev/demo-readers';
import { sampleArticles } from '../../../src/dev/sample-articles';
import { ARTICLE_CATEGORIES, type ArticleCategory } from '../../../src/domain/article/category';
import { featureIndex, FEATURE_COUNT } from '../../../src/domain/recommendation/model/blend';
import { preference, type Evidence } from '../../../src/domain/recommendation/model/calibration';
import { seededRandom } from '../../../src/domain/recommendation/numeric/random';
import type { TrainingData } from '../../../src/domain/recommendation/model/reading-data';
import { learnCalibration } from '../../../src/domain/recommendation/training/learn-calibration';
import { trainRecommender } from '../../../src/domain/recommendation/training/train-recommender';

const NOW = new Date('2026-11-30T03:00:00Z');
const NOW_SECONDS = NOW.getTime() / 1000;
const ARTICLES = sampleArticles(NOW)
  .map((article) => ({ ...article, id: article.slug, releasedAt: article.publishedAt }))
  .sort((left, right) => right.releasedAt.getTime() - left.releasedAt.getTime());
const NAMES: Record<ArticleCategory, string> = {
  ECONOMY_AND_BUSINESS: '경제·기업',
  POLITICS_AND_SOCIETY: '정치·사회',
  TECHNOLOGY_AND_CULTURE: '기술·문화',
  SPORTS_AND_LEISURE: '스포츠·여가',
  OPINION_AND_ANALYSIS: '의견·분석',
};

/** What a training reads in a database that `npm start` has just filled. */
function demoData(): TrainingData {
  const visits = inventVisits(ARTICLES, NOW).map(({ at, ...visit }) => ({
    at: at.getTime() / 1000,
    ...visit,
  }));
  const shown = visits.flatMap(({ at, shown }) => shown.map((pair) => ({ ...pair, at })));
  const opened = visits.flatMap(({ at, opened }) => opened.map((view) => ({ ...view, at })));
  const columns = (rows: typeof shown) => ({
    reader: Uint32Array.from(rows, ({ reader }) => reader),
    item: Uint32Array.from(rows, ({ article }) => ARTICLES.indexOf(article)),
    at: Float64Array.from(rows, ({ at }) => at),
  });
  return {
    readers: Math.max(...shown.map(({ reader }) => reader)) + 1,
    items: ARTICLES.map(({ id, title, content, category, releasedAt }) => ({
      id,
      text: `${title}\n${content}`,
      category,
      publishedAt: releasedAt.getTime() / 1000,
    })),
    log: { ...columns(opened), dwell: Float32Array.from(opened, ({ dwellSeconds }) => dwellSeconds) },
    impressions: columns(shown),
  };
}

describe.each(ARTICLE_CATEGORIES)('Who reads %s in the demo', (category) => {
  const model = trainRecommender(demoData(), { trainedAt: NOW_SECONDS });
  const own = ARTICLES.filter((article) => article.category === category);
  const categoryOf = new Map(ARTICLES.map((article) => [article.id, article.category]));

  function ranked(read: readonly { id: string }[], limit: number) {
    const now = NOW_SECONDS + 600;
    const history = read.map(({ id }, index) => ({
      itemId: id,
      at: now - 60 * (read.length - index),
      dwellSeconds: 120,
    }));
    return model.rank({ history, typePoints: null }, { now, limit });
  }
  const ofIt = (list: ReturnType<typeof ranked>) =>
    list.filter(({ itemId }) => categoryOf.get(itemId) === category);

  it.each([
    ['newest', own],
    ['oldest', own.toReversed()],
  ])('gets more of it with every reading, the %s first, and is told so', (_, order) => {
    for (let reads = 1; reads < own.length; reads += 1) {
      const list = ofIt(ranked(order.slice(0, reads), 10));
      expect(list.length).toBeGreaterThanOrEqual(Math.min(4, own.length - reads));
      const named = list.filter(
        ({ reason }) => reason.includes(NAMES[category]) || reason.includes('비슷한'),
      );
      expect(named.length).toBeGreaterThan(list.length / 2);
    }
  });

  it('is shown none of it with a chance beyond what the most opened article has', () => {
    for (const { score } of ranked(own.slice(0, 5), 10)) expect(score).toBeLessThan(0.6);
  });
});

describe('What few showings tell', () => {
  it('never counts the reader’s own taste against an article', () => {
    const random = seededRandom(3);
    const [category, content] = (['category', 'content'] as const).map(featureIndex);
    const evidence = (liked: boolean): Evidence => {
      const features = new Float32Array(FEATURE_COUNT);
      features[category!] = liked ? 1 : -1;
      features[content!] = liked ? 0.3 : 0;
      return {
        logShare: liked ? -1 : -3,
        lead: liked ? 1 : -1,
        reads: 5,
        readsOfWeek: 5,
        openingRate: 0.2,
        features,
      };
    };
    const contrary = Array.from({ length: 400 }, () => {
      const liked = random() < 0.5;
      return { evidence: evidence(liked), opened: random() < (liked ? 0.1 : 0.3) };
    });
    const calibration = learnCalibration(contrary, 1);
    expect(preference(calibration, evidence(true))).toBeGreaterThanOrEqual(
      preference(calibration, evidence(false)),
    );
  });
});
