import type { Feedback } from '../../../src/domain/recommendation/model/feedback';
import {
  HOUR,
  type CatalogueItem,
  type ReaderState,
} from '../../../src/domain/recommendation/model/reading-data';
import type { Recommender } from '../../../src/domain/recommendation/model/recommender';
import { seededRandom } from '../../../src/domain/recommendation/numeric/random';
import { untrainedModel } from '../../../src/domain/recommendation/training/train-recommender';
import { retold, SAMPLE_TEXTS } from '../../helpers/sample-texts';

const NOW = Date.UTC(2026, 10, 1) / 1000;
const NOBODY: ReaderState = { history: [], typePoints: null };
const STORIES = 3;
const RETELLINGS = 5;

type Text = (typeof SAMPLE_TEXTS)[number];

function itemsOf(texts: readonly Text[], name: string): CatalogueItem[] {
  return texts.map(({ category, title, content }, n) => ({
    id: `${name}-${n}`,
    text: `${title} ${content}`,
    category,
    publishedAt: NOW - (n + 1) * HOUR,
  }));
}

const opened = (itemId: string, ago = HOUR) => ({ itemId, at: NOW - ago, dwellSeconds: 60 });
const says = (kind: Feedback['kind'], itemId: string, ago = 1): Feedback => ({ kind, itemId, at: NOW - ago });
const idsOf = (model: Recommender, reader: ReaderState, limit: number) =>
  model.rank(reader, { now: NOW, limit }).map(({ itemId }) => itemId);

// The newest are all of one category, and three of them were told again five times since.
const byCategory = SAMPLE_TEXTS.toSorted((left, right) => left.category.localeCompare(right.category));
const originals = itemsOf(byCategory, 'original');
const retellings = Array.from({ length: STORIES }, (_, story) =>
  itemsOf(
    Array.from({ length: RETELLINGS }, (__, n) => retold(byCategory[story]!, n + 1)),
    `story-${story}`,
  ),
);
const all = [...originals, ...retellings.flat()];
const categoryOf = new Map(all.map(({ id, category }) => [id, category]));
const familyOf = (story: number) => [originals[story]!.id, ...retellings[story]!.map(({ id }) => id)];
const model = untrainedModel(all);

function most(ids: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const category = categoryOf.get(id)!;
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return Math.max(...counts.values());
}

describe('A list of recommendations', () => {
  it('has no more of a category because its reader asked for more like one of it', () => {
    const asked = { ...NOBODY, feedback: [says('MORE', originals[0]!.id)] };
    expect(most(idsOf(model, asked, 10))).toBe(4);
    const reader = { history: [opened(originals[0]!.id)], typePoints: null };
    expect(most(idsOf(model, reader, 10))).toBeGreaterThan(4);
  });

  it.each([1, 3, 5, 10, 20, 50])('of %d has at most four of ten of one category', (length) => {
    const list = idsOf(model, NOBODY, length);
    expect(list).toHaveLength(length);
    expect(most(list)).toBeLessThanOrEqual(Math.ceil(length * 0.4));
  });

  it('is as narrow as the reader is', () => {
    const sports = originals.filter(({ category }) => category === 'SPORTS_AND_LEISURE').slice(0, 7);
    const politics = originals.filter(({ category }) => category === 'POLITICS_AND_SOCIETY').slice(0, 3);
    const history = [...sports, ...politics].map(({ id }) => opened(id));
    const count = (reader: ReaderState) =>
      idsOf(model, reader, 10).filter((id) => categoryOf.get(id) === 'SPORTS_AND_LEISURE').length;
    expect(count({ history, typePoints: null })).toBeLessThanOrEqual(7);
    expect(count({ history: history.slice(0, 7), typePoints: null })).toBeGreaterThan(4);
  });

  it.each([10, 30, 50])('of %d tells no story more than twice', (length) => {
    const list = idsOf(model, NOBODY, length);
    for (let story = 0; story < STORIES; story += 1)
      expect(list.filter((id) => familyOf(story).includes(id)).length).toBeLessThanOrEqual(2);
  });

  it('is full where there is nothing else', () => {
    const one = untrainedModel(retellings[0]!);
    expect(idsOf(one, NOBODY, RETELLINGS)).toHaveLength(RETELLINGS);
    const category = untrainedModel(originals.filter((item) => item.category === byCategory[0]!.category));
    expect(idsOf(category, NOBODY, 10)).toHaveLength(10);
  });

  it('gives up no rule that it could keep because of the other', () => {
    const [first] = byCategory;
    const sameCategory = originals.filter(({ category }) => category === first!.category);
    const narrow = untrainedModel([...retellings[0]!, ...sameCategory]);
    const list = idsOf(narrow, NOBODY, 10);
    expect(list).toHaveLength(10);
    expect(list.filter((id) => familyOf(0).includes(id)).length).toBeLessThanOrEqual(2);
    const twoStories = untrainedModel([...retellings[0]!, ...itemsOf(
      Array.from({ length: 8 }, (_, n) => retold(byCategory.at(-1)!, n + 1)), 'other')]); // prettier-ignore
    for (const name of ['story', 'other'])
      expect(idsOf(twoStories, NOBODY, 4).filter((id) => id.startsWith(name))).toHaveLength(2);
  });

  it('is never shorter for the rules, and in the order of the scores', () => {
    const random = seededRandom(7);
    const some = <T>(from: readonly T[], share: number) => from.filter(() => random() < share);
    for (let n = 0; n < 25; n += 1) {
      const items = some(all, random());
      const history = some(items, random() / 2).map(({ id }) => opened(id, random() * 1e6));
      const limit = 1 + Math.floor(random() * 40);
      const ranked = untrainedModel(items).rank({ history, typePoints: null }, { now: NOW, limit });
      const ids = ranked.map(({ itemId }) => itemId);
      expect(ids).toHaveLength(Math.min(limit, items.length - history.length));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => history.some(({ itemId }) => itemId === id))).toEqual([]);
      const scores = ranked.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((left, right) => right - left));
    }
  });

  it('gives each article the score that it has in any other list', () => {
    const scores = new Map(
      model.rank(NOBODY, { now: NOW, limit: all.length }).map(({ itemId, score }) => [itemId, score]),
    );
    for (const { itemId, score } of model.rank(NOBODY, { now: NOW, limit: 10 }))
      expect(score).toBe(scores.get(itemId));
  });

  it('holds what may take the place of another behind its end', () => {
    const list = idsOf(model, NOBODY, 10);
    const withSpare = model.rank(NOBODY, { now: NOW, limit: 10, spare: 5 }).map(({ itemId }) => itemId);
    expect(withSpare.slice(0, 10)).toEqual(list);
    expect(new Set(withSpare).size).toBe(15);
  });
});

describe('What a reader hid', () => {
  const [hidden, ...alike] = familyOf(0);

  it('is not recommended again, nor what is much like it; all others are', () => {
    const list = idsOf(model, { ...NOBODY, feedback: [says('HIDE', hidden!)] }, all.length);
    expect(list.filter((id) => id === hidden || alike.includes(id))).toEqual([]);
    expect(list.length).toBeGreaterThanOrEqual(all.length - familyOf(0).length - 2);
  });

  it('tells nothing of their taste when they have opened it', () => {
    const feedback = [says('HIDE', hidden!)];
    const hiding = idsOf(model, { ...NOBODY, feedback }, 50);
    expect(idsOf(model, { history: [opened(hidden!)], typePoints: null, feedback }, 50)).toEqual(hiding);
  });

  it('says nothing of others after 200 later words, but stays away', () => {
    const others = Array.from({ length: 200 }, (_, n) => says('MORE', originals[50 + (n % 40)]!.id));
    const list = idsOf(model, { ...NOBODY, feedback: [...others, says('HIDE', hidden!, HOUR)] }, all.length);
    expect(list).not.toContain(hidden);
    expect(list).toEqual(expect.arrayContaining(alike));
  });

  it('takes nothing away that is like what they asked for more of later', () => {
    const [wanted, ...others] = alike;
    const feedback = [says('MORE', wanted!), says('HIDE', hidden!, 60)];
    const list = idsOf(model, { ...NOBODY, feedback }, all.length);
    expect(list).toEqual(expect.arrayContaining([wanted, ...others]));
    expect(list).not.toContain(hidden);
    expect(idsOf(model, { ...NOBODY, feedback: feedback.toReversed() }, all.length)).not.toContain(wanted);
  });

  it('may be all there is', () => {
    const one = untrainedModel(retellings[0]!);
    const feedback = [says('HIDE', retellings[0]![0]!.id)];
    expect(idsOf(one, { ...NOBODY, feedback }, 10)).toEqual([]);
  });
});

describe('What a reader wants more of', () => {
  const wanted = originals.find(({ category }) => category === 'TECHNOLOGY_AND_CULTURE')!;
  const reader: ReaderState = { ...NOBODY, feedback: [says('MORE', wanted.id)] };
  const likeIt = (ids: readonly string[]) =>
    ids.filter((id) => categoryOf.get(id) === wanted.category).length;

  it('brings more of its kind, and stays until it is opened', () => {
    const list = idsOf(model, reader, 10);
    expect(likeIt(list)).toBeGreaterThan(likeIt(idsOf(model, NOBODY, 10)));
    expect(list).toContain(wanted.id);
    const read = { itemId: wanted.id, at: NOW - 1, dwellSeconds: 600 };
    expect(idsOf(model, { ...reader, history: [read] }, 100)).not.toContain(wanted.id);
  });

  it('is named as such, and not as something that was read', () => {
    const feedback = [says('MORE', wanted.id), says('MORE', originals.at(-1)!.id)];
    const ranked = model.rank({ ...NOBODY, feedback }, { now: NOW, limit: 50 });
    const reasons = new Map(ranked.map(({ itemId, reason }) => [itemId, reason]));
    expect(reasons.get(wanted.id)).toBe('더 보고 싶다고 하신 기사예요');
    expect(ranked.some(({ about }) => about?.itemId === wanted.id && about.wanted)).toBe(true);
    for (const reason of reasons.values()) expect(reason).not.toMatch(/읽으신|읽으셨|최근 읽은/);
  });

  it('counts for more than an opening when it was opened too', () => {
    const history = originals.slice(30, 34).map(({ id }, n) => opened(id, HOUR * (n + 1)));
    const read = [...history, opened(wanted.id, 9 * HOUR)];
    const meanPlace = (state: ReaderState) => {
      const list = idsOf(model, state, all.length);
      const places = [...list.keys()].filter((place) => categoryOf.get(list[place]!) === wanted.category);
      return places.reduce((sum, place) => sum + place, 0) / places.length;
    };
    const before = meanPlace({ history: read, typePoints: null });
    expect(meanPlace({ ...reader, history: read })).toBeLessThan(before);
  });
});
