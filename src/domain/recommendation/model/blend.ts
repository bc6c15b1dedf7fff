import { type Choices, fitChoices, qualities, surprise } from '../training/choice-model';
import { COMPONENTS, FEATURE_COUNT, FEATURES, featureIndex, SOLO_FEATURES, type Feature } from './feature';
import type { Pacer } from '../training/pause';

/** One set of weights for each amount of history: nothing read, a little, more. */
export const HEADS = ['cold', 'short', 'long'] as const;

export type Head = (typeof HEADS)[number];

const LONG = 5;

export function headOf(reads: number): Head {
  if (reads === 0) return 'cold';
  return reads < LONG ? 'short' : 'long';
}

export type Blend = Record<Head, Float32Array>;

const PRIOR: Partial<Record<Feature, number>> = {
  factorsLog: 0.3,
  recentFactorsLog: 0.3,
  neighboursLog: 0.5,
  recentNeighboursLog: 0.3,
  next: 0.2,
  content: 1,
  contentOfLast: 0.5,
  category: 0.3,
  typeItem: 0.5,
  typeCategory: 0.5,
  popular: 0.3,
  popular1: 0.2,
  popular3: 0.1,
  unborn: -1,
  ageDay: -0.1,
  ageThreeDays: -0.1,
};
const COLD_PRIOR: Partial<Record<Feature, number>> = {
  typeItem: 1,
  typeCategory: 0.7,
  popular: 0.3,
  popular0: 0.2,
  popular1: 0.4,
  popular2: 0.3,
  unborn: -3,
  ageDay: -0.15,
  ageThreeDays: -0.3,
};
const COLD_COMPONENTS = ['type', 'popular', 'fresh'] as const;
const STRENGTH = 5;
/** A second try stays this much closer to the prior: few choices say little about many weights. */
const FIRMER = 20;
const TO_LONG = 40;
/** Choices of a half at most: what decides between fits needs no more. */
const MAX_HALF = 600;
/** Standard errors by which a component alone must lead: the best of many leads a little by luck. */
const CLEAR_LEAD = 0.7;
const TIE_BREAK = 1e-4;
/**
 * An answered questionnaire must show, also when few readers of the training had answered one. Twice the log of the lift:
 * most readers are of several types, so what is learnt of one type is only a part of it.
 */
const LEAST_TYPE_WEIGHT = 2;

/** Choices of readers with much, with little and with no history. */
export type ChoicesByHead = Record<Head, Choices>;

/**
 * Learns the weights of each head on choices that the components have not been trained on. Components that do not
 * lower the surprise of a held-back half are left out, and where one component alone ranks a held-back half better than
 * the blend does, that component is the head.
 */
export async function learnBlend(choices: ChoicesByHead, pacer: Pacer): Promise<Blend> {
  const every = new Uint8Array(FEATURE_COUNT).fill(1);
  const long = await learnHead(
    choices.long,
    { prior: vector(PRIOR), strength: STRENGTH, mask: every },
    pacer,
  );
  const short = await learnHead(choices.short, { prior: long, strength: TO_LONG, mask: every }, pacer);
  const coldMask = maskOf(COLD_COMPONENTS.flatMap((component): Feature[] => COMPONENTS[component]));
  const cold = await learnHead(
    choices.cold,
    { prior: vector(COLD_PRIOR), strength: TO_LONG, mask: coldMask },
    pacer,
  );
  const type = featureIndex('typeCategory');
  cold[type] = Math.max(cold[type]!, LEAST_TYPE_WEIGHT);
  return { cold, short, long };
}

type Fit = Parameters<typeof fitChoices>[2];

async function learnHead(choices: Choices, fit: Fit, pacer: Pacer): Promise<Float32Array> {
  const all = Uint32Array.from({ length: choices.count }, (_, index) => index);
  if (all.length < 10) return fitChoices(choices, all, fit, pacer);
  const halves = [0, 1].map((parity) => thinned(all.filter((index) => index % 2 === parity)));
  const trials: { fit: Fit; weights: Float32Array[]; surprise: number }[] = [];
  const attempt = async (attempted: Fit) => {
    const weights: Float32Array[] = [];
    for (const half of halves) weights.push(await fitChoices(choices, half, attempted, pacer));
    const trial = { fit: attempted, weights, surprise: crossedSurprise(choices, halves, weights) };
    trials.push(trial);
    return trial;
  };
  await attempt(fit);
  const firm = await attempt({ ...fit, strength: FIRMER * fit.strength });
  const better = trials.reduce((left, right) => (right.surprise < left.surprise ? right : left), firm);
  const mask = supported(choices, halves, better.weights, better.fit.mask);
  if (mask.some((on, f) => on !== fit.mask[f])) await attempt({ ...better.fit, mask });
  const best = trials.reduce((left, right) => (right.surprise <= left.surprise ? right : left));
  return soloLeader(choices, halves, best.weights, fit) ?? fitChoices(choices, all, best.fit, pacer);
}

/** The component that alone, ties broken by the prior, ranks better than the blend; each half is judged by weights of the other. */
function soloLeader(
  choices: Choices,
  halves: Uint32Array[],
  weights: Float32Array[],
  { prior, mask }: Fit,
): Float32Array | null {
  const crossed = (weightsOf: (half: number) => Float32Array) =>
    halves.flatMap((half, index) => [...qualities(choices, half, Float64Array.from(weightsOf(1 - index)))]);
  const blended = crossed((half) => weights[half]!);
  const solos = SOLO_FEATURES.filter((feature) => mask[featureIndex(feature)]).map((feature) => {
    const alone = prior.map((weight, f) => (f === featureIndex(feature) ? 1 : TIE_BREAK * weight * mask[f]!));
    return { alone, lead: lead(crossed(() => alone).map((quality, index) => quality - blended[index]!)) };
  });
  const best = solos.reduce((left, right) => (right.lead > left.lead ? right : left));
  return best.lead > CLEAR_LEAD ? best.alone : null;
}

function crossedSurprise(choices: Choices, halves: Uint32Array[], weights: Float32Array[]): number {
  return mean(halves.map((half, index) => surprise(choices, half, Float64Array.from(weights[1 - index]!))));
}

/** The mask without the components whose removal does not raise the surprise of the halves they were not fitted on. */
function supported(
  choices: Choices,
  halves: Uint32Array[],
  fits: Float32Array[],
  mask: Uint8Array,
): Uint8Array {
  const kept = mask.slice();
  const whole = crossedSurprise(choices, halves, fits);
  for (const features of Object.values(COMPONENTS)) {
    const without = maskOf(features).map((on) => 1 - on);
    const reduced = fits.map((weights) => weights.map((weight, f) => weight * without[f]!));
    if (crossedSurprise(choices, halves, reduced) <= whole)
      for (let f = 0; f < FEATURE_COUNT; f += 1) kept[f] = kept[f]! * without[f]!;
  }
  return kept;
}

/** Evenly spread over the time that the choices cover, which are in its order. */
function thinned(choices: Uint32Array): Uint32Array {
  const length = Math.min(choices.length, MAX_HALF);
  return Uint32Array.from({ length }, (_, index) => choices[Math.floor((index * choices.length) / length)]!);
}

/** Mean difference in standard errors. */
function lead(differences: readonly number[]): number {
  const average = mean(differences);
  const variance = mean(differences.map((difference) => (difference - average) ** 2));
  return average / Math.sqrt(variance / differences.length + 1e-12);
}

function vector(weights: Partial<Record<Feature, number>>): Float32Array {
  return Float32Array.from(FEATURES, (feature) => weights[feature] ?? 0);
}

function maskOf(features: readonly Feature[]): Uint8Array {
  return Uint8Array.from(FEATURES, (feature) => (features.includes(feature) ? 1 : 0));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(numbers.length, 1);
}
