import { CATEGORY_NAMES, type ArticleCategory } from '../../article/category';
import { COMPONENTS, featureIndex, type Component } from './blend';
import type { ModelParts } from './model-parts';
import { READER_TYPES, type ReaderType } from '../../user/questionnaire';
import type { RankedItem, ReaderView } from './reading-data';
import type { SparseRows } from '../numeric/sparse-rows';
import { cutText } from '../../../visible-text';

const READER_TYPE_NAMES: Record<ReaderType, string> = {
  ISSUE_FINDER: '이슈파인더',
  LIFESTYLE_CONSUMER: '라이프스타일소비자',
  ENTERTAINER: '엔터테이너',
  TECH_SPECIALIST: '테크전문가',
  PROFESSIONAL: '전문가',
};
const MAX_TITLE = 30;
const LOOKED_AT = 50;

const POPULAR = '지금 많이 읽히고 있어요';
const FRESH = '새로 나온 기사예요';
const ALIKE = '비슷한 기사를 읽은 독자들이 많이 읽었어요';
const UNREAD = '아직 읽지 않은 기사예요';
const WANTED = '더 보고 싶다고 하신 기사예요';

type Reason = Pick<RankedItem, 'reason' | 'about'>;

interface Explained {
  parts: ModelParts;
  view: ReaderView;
  item: number;
  /** The item's features minus the mean of the candidates. */
  advantage: Float32Array;
  weights: Float32Array;
}

const IMPERSONAL: readonly Component[] = ['popular', 'shown', 'fresh'];
const PLACES = (Object.keys(COMPONENTS) as Component[]).map(
  (component) => [component, COMPONENTS[component].map(featureIndex)] as const,
);
/** A lift of 0.3 (35 % likelier) that is the reader's own is said rather than what is true of everybody. */
const OWN_LIFT = 0.3;

/**
 * Why this item, in Korean: what lifted it most above the other candidates. Says nothing that may not be true, e.g. of
 * readers where nobody has read.
 */
export function reasonFor(explained: Explained): Reason {
  const { advantage, weights, view, item } = explained;
  if (isWanted(view, item)) return plain(WANTED);
  const strengths = PLACES.map(([component, places]): [Component, number] => [
    component,
    places.reduce((sum, place) => sum + weights[place]! * advantage[place]!, 0),
  ]);
  const own = ([component, strength]: [Component, number]) =>
    strength >= OWN_LIFT && !IMPERSONAL.includes(component) ? 1 : 0;
  strengths.sort((left, right) => own(right) - own(left) || right[1] - left[1]);
  for (const [component, strength] of strengths) {
    const said = strength > 0 ? SENTENCES[component](explained) : null;
    if (said) return said;
  }
  return plain(UNREAD);
}

/** The same when the article it is about may be read, by its title. */
export function reasonAbout(title: string, { wanted, ending }: NonNullable<Reason['about']>): string {
  const short = title.length > MAX_TITLE ? `${cutText(title, MAX_TITLE)}…` : title;
  return `${wanted ? '더 보고 싶다고 하신' : '최근 읽은'} ‘${short}’ ${ending}`;
}

const plain = (reason: string): Reason => ({ reason, about: null });

const SENTENCES: Record<Component, (explained: Explained) => Reason | null> = {
  factors: (explained) => categoryReason(explained) ?? alike(explained),
  neighbours: (explained) => {
    const { parts, view, item } = explained;
    const read = strongestRow(parts.neighbours, view, item);
    return about(explained, read, ALIKE, '기사를 읽은 독자들이 함께 읽었어요') ?? alike(explained);
  },
  next: (explained) => {
    const { parts, view, item } = explained;
    const read = strongestRow(parts.transitions, view, item);
    return about(explained, read, ALIKE, '기사에 이어 많이 읽는 기사예요') ?? alike(explained);
  },
  content: (explained) => {
    const known = mostAlike(explained);
    return about(
      explained,
      known,
      `${named(explained, known)} 기사와 비슷한 기사예요`,
      '기사와 비슷한 기사예요',
    );
  },
  category: categoryReason,
  type: ({ view }) => {
    if (!view.types) return null;
    const strongest = view.types.indexOf(Math.max(...view.types));
    return plain(`${READER_TYPE_NAMES[READER_TYPES[strongest]!]} 유형에게 어울리는 기사예요`);
  },
  popular: ({ parts, item }) => (parts.popularity.total[item]! > 0 ? plain(POPULAR) : null),
  shown: ({ parts, item }) => (parts.popularity.total[item]! > 0 ? plain(POPULAR) : null),
  fresh: () => plain(FRESH),
};

function alike({ parts, view, item }: Explained): Reason | null {
  return view.items.length > 0 && parts.popularity.total[item]! > 0 ? plain(ALIKE) : null;
}

function categoryReason(explained: Explained): Reason | null {
  const { parts, view, item } = explained;
  const { category, categories } = parts.catalogue;
  const name = categories.names[category[item]!];
  const known = view.items.filter((other) => category[other] === category[item]);
  if (!name || !(name in CATEGORY_NAMES) || known.length === 0) return null;
  const korean = CATEGORY_NAMES[name as ArticleCategory];
  const read = known.filter((other) => !view.unopened?.has(other));
  if (read.length > 1) return plain(`${korean} 기사를 자주 읽으셨어요`);
  const newest = known.at(-1)!;
  const ending = `기사와 같은 ${korean} 기사예요`;
  return about(explained, newest, `${named(explained, newest)} ${ending}`, ending);
}

function about(
  { parts, view }: Explained,
  item: number | null,
  reason: string,
  ending: string,
): Reason | null {
  if (item === null) return null;
  return { reason, about: { itemId: parts.catalogue.ids[item]!, wanted: isWanted(view, item), ending } };
}

/** How to speak of an article without its title. */
function named({ view }: Explained, item: number | null): string {
  return item !== null && isWanted(view, item) ? '더 보고 싶다고 하신' : '읽으신';
}

function isWanted({ feedback }: ReaderView, item: number): boolean {
  return feedback?.newest.some((said) => said.item === item && said.kind === 'MORE') ?? false;
}

/** Of the newest fifty known items the one that the strength is greatest for, the newest of equals; null without any. */
function strongest(view: ReaderView, strengthOf: (read: number) => number): number | null {
  let [best, strength]: [number | null, number] = [null, 0];
  for (const read of view.items.slice(-LOOKED_AT)) {
    const found = strengthOf(read);
    if (found >= strength && found > 0) [best, strength] = [read, found];
  }
  return best;
}

/** The read item whose row points at `item` most strongly. */
function strongestRow(rows: SparseRows, view: ReaderView, item: number): number | null {
  return strongest(view, (read) => {
    const [from, to] = [rows.start[read] ?? 0, rows.start[read + 1] ?? 0];
    const place = rows.target.subarray(from, to).indexOf(item);
    return place < 0 ? 0 : rows.weight[from + place]!;
  });
}

function mostAlike({ parts: { content }, view, item }: Explained): number | null {
  content.setProfile(Uint32Array.of(item), Float32Array.of(1));
  return strongest(view, (read) => content.similarity(read));
}
