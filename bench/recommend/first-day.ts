import { featureIndex, type Feature } from '../../src/domain/recommendation/model/blend';
import {
  inputs,
  preference,
  probability,
  READER_INPUTS,
  SHOWN_FEATURES,
  type Evidence,
} from '../../src/domain/recommendation/model/calibration';
import { DAY, HOUR, type ReaderView } from '../../src/domain/recommendation/model/reading-data';
import type { Recommender } from '../../src/domain/recommendation/model/recommender';
import { TopItems } from '../../src/domain/recommendation/numeric/sparse-rows';
import { Choices, fitChoices } from '../../src/domain/recommendation/training/choice-model';
import { buildHistories, Replay } from '../../src/domain/recommendation/training/histories';
import { areaUnderCurve, listsBetween } from '../../src/domain/recommendation/training/learn-calibration';
import { outcomesOf, type Outcomes } from '../../src/domain/recommendation/training/outcomes';
import { untrainedModel } from '../../src/domain/recommendation/training/train-recommender';
import { viewOf } from '../../src/domain/recommendation/training/validation';
import { expectedCalibrationError } from './among-shown';
import type { Dataset } from './dataset';
import { impressionsWhere, rowsWhere } from './protocol';
import { Quality } from './quality';

type Known = 'nothing' | 'only the questionnaire' | 'one to four openings' | 'five and more';
type Score = (own: Evidence, nobodys: Evidence) => number;

interface Shown {
  own: Evidence;
  nobodys: Evidence;
  opened: boolean;
}

/** What one reader was shown at one moment of the first day, as an untrained model sees it. */
export interface FirstPage {
  /** Since the first impression. */
  hours: number;
  known: Known;
  items: number[];
  /** Everything that could have been recommended. */
  candidates: Shown[];
  shown: Shown[];
}

export interface Tally {
  asked: number;
  ndcg: number;
  auc: number;
}

const NOBODY: ReaderView = {
  items: new Uint32Array(0),
  at: new Float64Array(0),
  confidence: new Float32Array(0),
  types: null,
};

/**
 * The first day of an installation: a model that has been trained on nothing is told of openings and showings as it is
 * when serving. At most `most` pages, evenly drawn.
 */
export function firstPages(dataset: Dataset, seed: number, most: number): FirstPage[] {
  const start = dataset.impressions!.at.reduce((first, at) => Math.min(first, at), Infinity);
  const until = start + DAY;
  const items = dataset.items.filter(({ publishedAt }) => publishedAt! <= until);
  const isKnown = (item: number) => item < items.length;
  const log = rowsWhere(dataset.log, (_, item, at) => isKnown(item) && at <= until + DAY);
  const histories = buildHistories(log, dataset.readers, items.length);
  const outcomes = outcomesOf(
    impressionsWhere(dataset.impressions!, (_, at) => at <= until),
    histories,
  );
  const model = untrainedModel(items);
  const replay = new Replay(histories, model.parts, -Infinity, outcomes);
  const lists = listsBetween(outcomes, start, until, seed);
  const every = Math.max(lists.length / most, 1);
  const asked = lists.filter((_, index) => Math.floor(index / every) !== Math.floor((index - 1) / every));
  return asked.map(({ reader, at, rows }) => {
    replay.until(at - 1);
    let historyEnd = histories.start[reader]!;
    while (historyEnd < histories.start[reader + 1]! && histories.at[historyEnd]! < at) historyEnd += 1;
    const view = viewOf(histories, reader, historyEnd, dataset.typePoints);
    return pageOf(model, view, { at, hours: (at - start) / HOUR, rows }, outcomes);
  });
}

function pageOf(
  model: Recommender,
  view: ReaderView,
  { at, hours, rows }: { at: number; hours: number; rows: number[] },
  outcomes: Outcomes,
): FirstPage {
  const { size, publishedAt } = model.parts.catalogue;
  const read = new Set(view.items);
  const items = Uint32Array.from({ length: size }, (_, item) => item).filter(
    (item) => !read.has(item) && publishedAt[item]! <= at,
  );
  const own = model.evidenceOf(view, items, at);
  const nobodys = model.evidenceOf(NOBODY, items, at);
  const opened = new Set(
    rows.filter((row) => outcomes.openedAt[row]! < Infinity).map((row) => outcomes.item[row]!),
  );
  const candidates = own.map((evidence, place) => ({
    own: evidence,
    nobodys: nobodys[place]!,
    opened: opened.has(items[place]!),
  }));
  const places = rows.map((row) => items.indexOf(outcomes.item[row]!)).filter((place) => place >= 0);
  return {
    hours,
    known: knownOf(view),
    items: [...items],
    candidates,
    shown: places.map((place) => candidates[place]!),
  };
}

function knownOf({ items, types }: ReaderView): Known {
  if (items.length === 0) return types ? 'only the questionnaire' : 'nothing';
  return items.length < 5 ? 'one to four openings' : 'five and more';
}

/** Orders of the untrained model, with and without the reader, and of what an editor could do without it. */
export function contendersOf({ calibration }: Recommender): Record<string, Score> {
  const feature =
    (name: Feature): Score =>
    (_, { features }) =>
      features[featureIndex(name)]!;
  return {
    'recent popularity': feature('popular0'),
    'click rate so far': feature('clickRate'),
    'untrained model without reader': (_, nobodys) => preference(calibration, nobodys),
    'untrained model': (own) => preference(calibration, own),
  };
}

/** NDCG@10 of what is opened of a page among everything, and the area among what is shown. */
export function tally(pages: readonly FirstPage[], score: Score): Tally {
  const quality = new Quality();
  let asked = 0;
  for (const { items, candidates } of pages) {
    const opened = items.filter((_, place) => candidates[place]!.opened);
    if (opened.length === 0) continue;
    const top = new TopItems(10);
    candidates.forEach(({ own, nobodys }, place) => top.offer(items[place]!, score(own, nobodys)));
    const best = [...top.drain().items];
    quality.ask({ top: () => best }, { reader: 0, now: 0, opened });
    asked += 1;
  }
  const shown = pages.flatMap((page) => page.shown);
  const auc = areaUnderCurve(
    shown.map(({ own, nobodys }) => score(own, nobodys)),
    shown.map(({ opened }) => Number(opened)),
  );
  return { asked, ndcg: quality.ndcg, auc };
}

/** Of the probabilities that the untrained model gives. */
export function calibrationError(pages: readonly FirstPage[], { calibration }: Recommender): number {
  return expectedCalibrationError(
    pages.flatMap(({ shown }) =>
      shown.map(({ own, opened }) => ({ chance: probability(calibration, own), opened: Number(opened) })),
    ),
  );
}

/** Weights of a logistic regression on what was shown, those of `SHOWN_FEATURES`. */
export function learnFirstWeights(pages: readonly FirstPage[]): number[] {
  const width = 1 + SHOWN_FEATURES.length;
  const choices = new Choices(width);
  const neither = new Array<number>(width).fill(0);
  for (const { own, opened } of pages.flatMap(({ shown }) => shown)) {
    const row = [1, ...inputs(own).slice(READER_INPUTS + 1)];
    choices.append(
      Float32Array.from(opened ? [...row, ...neither] : [...neither, ...row]),
      Float32Array.of(1, 1),
    );
  }
  const all = Uint32Array.from({ length: choices.count }, (_, choice) => choice);
  const features = Array.from({ length: width }, (_, feature) => feature);
  const options = { prior: new Float32Array(width), strength: 1, features };
  return [...fitChoices(choices, all, options)].slice(1);
}
