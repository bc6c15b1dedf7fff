import { UNKNOWN } from './catalogue';
import { ComparedTexts } from './compared-texts';
import type { Content } from './content';
import type { ModelParts } from './model-parts';
import { openedOf, type ReaderView } from './reading-data';

/** Cosines of two texts: from here on they tell one story, and from here on they are about much the same. */
const SAME_STORY = 0.4;
const MUCH_LIKE = 0.3;
const OF_A_STORY = 2;
/** Of ten. */
const OF_A_CATEGORY = 4;
/** The best items that are looked at, for short lists. */
const LOOKED_AT = 1_000;

/** What is kept; a later line gives up what the lines before could not fill the list with. */
const RULES = [
  { categories: true, stories: true },
  { categories: false, stories: true },
  { categories: true, stories: false },
  { categories: false, stories: false },
];

/** Items, best first, that are only found when they are asked for. */
export interface Ordered {
  length: number;
  at(place: number): number;
}

/** What a list compares texts with, from list to list: a large table each. */
export class ListTexts {
  /** What the reader said something of, newest first. */
  readonly said: ComparedTexts;
  readonly told: ComparedTexts;

  constructor(content: Content) {
    this.said = new ComparedTexts(content);
    this.told = new ComparedTexts(content);
  }
}

/** How many of the best items `choose` wants to be offered for a list of `length`. */
export function lookedAt(length: number): number {
  return Math.max(length, LOOKED_AT);
}

/**
 * A list of the best items in which there are at most four of ten of a category, or as many as the reader's own openings
 * have when that is more, and at most two that tell one story. Where nothing else is left the list is full all the same.
 * Nothing is in it that is much like what the reader hid, unless they asked later for more of something that it is like.
 */
export class VariedList {
  /** Places in `items`, in the order in which they were taken. */
  private readonly taken = new Set<number>();
  /** Places of what was compared already; what is told stays told. */
  private readonly unwanted = new Map<number, boolean>();
  private readonly toldTwice = new Set<number>();
  private readonly room: Map<number, number>;

  /** `items` without what was opened or hidden; a list of `length` is what shares are of. */
  constructor(
    private readonly parts: ModelParts,
    private readonly view: ReaderView,
    private readonly items: Ordered,
    private readonly length: number,
    private readonly texts: ListTexts,
  ) {
    this.room = roomOfCategories(parts, view, length);
    texts.said.clear();
    texts.told.clear();
    for (const { item } of view.feedback?.newest ?? []) texts.said.add(item);
  }

  /** Places in `items`: the list, best first, then up to `spare` that may take the place of what cannot be shown. */
  choose(spare: number): number[] {
    for (const length of [this.length, this.length + spare])
      for (const rules of RULES) this.fill(length, rules);
    const places = [...this.taken];
    const list = places.slice(0, this.length).sort((left, right) => left - right);
    return [...list, ...places.slice(this.length)];
  }

  private fill(length: number, { categories, stories }: (typeof RULES)[number]): void {
    for (let place = 0; place < this.items.length && this.taken.size < length; place += 1) {
      if (this.taken.has(place)) continue;
      const item = this.items.at(place);
      const category = this.parts.catalogue.category[item]!;
      const room = this.room.get(category) ?? Infinity;
      if (categories && room <= 0) continue;
      if (this.isUnwanted(place) || (stories && this.isTold(place))) continue;
      this.taken.add(place);
      this.texts.told.add(item);
      this.room.set(category, room - 1);
    }
  }

  /** The newest that was said of anything like it counts. */
  private isUnwanted(place: number): boolean {
    let unwanted = this.unwanted.get(place);
    if (unwanted === undefined) {
      const newest = this.texts.said.firstLike(this.items.at(place), MUCH_LIKE);
      unwanted = this.view.feedback?.newest[newest]?.kind === 'HIDE';
      this.unwanted.set(place, unwanted);
    }
    return unwanted;
  }

  private isTold(place: number): boolean {
    if (this.toldTwice.has(place)) return true;
    if (this.texts.told.countLike(this.items.at(place), SAME_STORY) < OF_A_STORY) return false;
    this.toldTwice.add(place);
    return true;
  }
}

/** How many of each known category a list may have. */
function roomOfCategories({ catalogue }: ModelParts, view: ReaderView, length: number): Map<number, number> {
  const opened = openedOf(view);
  const own = new Map<number, number>();
  for (const item of opened) {
    const category = catalogue.category[item]!;
    own.set(category, (own.get(category) ?? 0) + 1);
  }
  const room = new Map<number, number>();
  for (let category = UNKNOWN + 1; category < catalogue.categories.names.length; category += 1) {
    const likeTheReader = ((own.get(category) ?? 0) * length) / Math.max(opened.length, 1);
    room.set(category, Math.ceil(Math.max((OF_A_CATEGORY * length) / 10, likeTheReader)));
  }
  return room;
}
