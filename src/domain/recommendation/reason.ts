import type { ArticleCategory } from '../article/category';
import { COMPONENTS, featureIndex, type Component } from './feature';
import type { ModelParts } from './model-parts';
import type { ReaderView } from './reader-view';
import { READER_TYPE_NAMES, READER_TYPES } from './reader-type';
import type { SparseRows } from './sparse-rows';

const CATEGORY_NAMES: Record<ArticleCategory, string> = {
  ECONOMY_AND_BUSINESS: '경제·기업',
  POLITICS_AND_SOCIETY: '정치·사회',
  TECHNOLOGY_AND_CULTURE: '기술·문화',
  SPORTS_AND_LEISURE: '스포츠·여가',
  OPINION_AND_ANALYSIS: '의견·분석',
};
const MAX_TITLE = 30;
const LOOKED_AT = 50;

const POPULAR = '지금 많이 읽히고 있어요';
const FRESH = '새로 나온 기사예요';
const ALIKE = '비슷한 기사를 읽은 독자들이 많이 읽었어요';

interface Explained {
  parts: ModelParts;
  view: ReaderView;
  item: number;
  /** The item's features minus the mean of the candidates. */
  advantage: Float32Array;
  weights: Float32Array;
}

const IMPERSONAL: readonly Component[] = ['popular', 'fresh'];
/** A lift of 0.3 (35 % likelier) that is the reader's own is said rather than what is true of everybody. */
const OWN_LIFT = 0.3;

/** Why this item, in Korean: what lifted it most above the other candidates. */
export function reasonFor(explained: Explained): string {
  const { advantage, weights } = explained;
  const strengths = (Object.keys(COMPONENTS) as Component[]).map((component): [Component, number] => [
    component,
    COMPONENTS[component].reduce((sum, feature) => {
      const index = featureIndex(feature);
      return sum + weights[index]! * advantage[index]!;
    }, 0),
  ]);
  const own = ([component, strength]: [Component, number]) =>
    strength >= OWN_LIFT && !IMPERSONAL.includes(component) ? 1 : 0;
  strengths.sort((left, right) => own(right) - own(left) || right[1] - left[1]);
  for (const [component, strength] of strengths) {
    const said = strength > 0 ? SENTENCES[component](explained) : null;
    if (said) return said;
  }
  return POPULAR;
}

const SENTENCES: Record<Component, (explained: Explained) => string | null> = {
  factors: (explained) => categorySentence(explained) ?? (explained.view.items.length > 0 ? ALIKE : null),
  neighbours: ({ parts, view, item }) =>
    titleSentence(parts, strongestRow(parts.neighbours, view, item), '를 읽은 독자들이 함께 읽었어요') ??
    ALIKE,
  next: ({ parts, view, item }) =>
    titleSentence(parts, strongestRow(parts.transitions, view, item), '에 이어 많이 읽는 기사예요') ?? ALIKE,
  content: ({ parts, view, item }) =>
    titleSentence(parts, mostAlike(parts, view, item), '와 비슷한 기사예요'),
  category: categorySentence,
  publisher: ({ parts, item }) => {
    const name = parts.catalogue.publishers.names[parts.catalogue.publisher[item]!];
    return name ? `${name} 기사를 자주 읽으셨어요` : null;
  },
  type: ({ view }) => {
    if (!view.types) return null;
    const strongest = view.types.indexOf(Math.max(...view.types));
    return `${READER_TYPE_NAMES[READER_TYPES[strongest]!]} 유형의 독자들이 많이 읽었어요`;
  },
  popular: ({ parts, item }) => (parts.popularity.total[item]! > 0 ? POPULAR : null),
  fresh: () => FRESH,
};

function categorySentence({ parts, view, item }: Explained): string | null {
  const { category, categories } = parts.catalogue;
  const name = categories.names[category[item]!];
  const read = view.items.filter((other) => category[other] === category[item]).length;
  if (!name || !(name in CATEGORY_NAMES) || read < 2) return null;
  return `${CATEGORY_NAMES[name as ArticleCategory]} 기사를 자주 읽으셨어요`;
}

function titleSentence(parts: ModelParts, item: number | null, rest: string): string | null {
  const title = item === null ? '' : parts.catalogue.titles[item]!.trim();
  if (title === '') return null;
  const short = title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE)}…` : title;
  return `최근 읽은 ‘${short}’${rest}`;
}

/** The read item whose row points at `item` most strongly, of the newest fifty. */
function strongestRow(rows: SparseRows, view: ReaderView, item: number): number | null {
  let [strongest, weight]: [number | null, number] = [null, 0];
  for (const read of view.items.slice(-LOOKED_AT)) {
    if (read + 1 >= rows.start.length) continue;
    const place = rows.target.subarray(rows.start[read], rows.start[read + 1]).indexOf(item);
    const found = place < 0 ? 0 : rows.weight[rows.start[read]! + place]!;
    if (found >= weight && found > 0) [strongest, weight] = [read, found];
  }
  return strongest;
}

function mostAlike(parts: ModelParts, view: ReaderView, item: number): number | null {
  parts.content.setProfile(Uint32Array.of(item), Float32Array.of(1));
  let [strongest, similarity]: [number | null, number] = [null, 0];
  for (const read of view.items.slice(-LOOKED_AT)) {
    const found = parts.content.similarity(read);
    if (found >= similarity && found > 0) [strongest, similarity] = [read, found];
  }
  return strongest;
}
