import {
  type Blend, COMPONENTS, type Feature, FEATURES, featureIndex, type Head, SOLO_FEATURES,
} from '../model/blend'; // prettier-ignore
import { type Choices, fitChoices, type FitOptions, qualities } from './choice-model';

/** Where the learning of the weights begins, and what they stay at when there is nothing to learn from. */
const PRIOR: Partial<Record<Feature, number>> = {
  factorsLog: 0.3,
  recentFactorsLog: 0.3,
  neighboursLog: 0.5,
  next: 0.2,
  content: 1,
  category: 0.3,
  type: 0.5,
  popular: 0.3,
  popular1: 0.2,
  popular2: 0.1,
  ageQuarterDay: -0.1,
  ageThreeDays: -0.1,
};
const COLD_PRIOR: Partial<Record<Feature, number>> = {
  type: 0.7,
  popular: 0.3,
  popular0: 0.2,
  popular1: 0.4,
  ageQuarterDay: -0.15,
  ageThreeDays: -0.3,
};

/**
 * An answered questionnaire must show, also when few readers of the training had answered one. Twice the log of the lift:
 * most readers are of several types, so what is learnt of one type is only a part of it.
 */
const LEAST_TYPE_WEIGHT = 2;

/** What can be said of an article without knowing what the reader has read. */
const COLD_FEATURES: readonly Feature[] = [...COMPONENTS.type, ...COMPONENTS.popular, ...COMPONENTS.fresh];
const STRENGTH = 5;
const TO_LONG = 40;
/** Fewer choices cannot tell who leads. */
const LEAST = 10;
/**
 * Fewer choices cannot tell that readers turn away from what they like: nothing of their own taste counts against an article,
 * and a component alone must lead by more.
 */
const ENOUGH = 1_000;
const TASTE = [...COMPONENTS.factors, ...COMPONENTS.neighbours, ...COMPONENTS.next, ...COMPONENTS.content,
  ...COMPONENTS.category, ...COMPONENTS.type].map(featureIndex); // prettier-ignore
/** Choices of a half at most: who leads shows in no more. */
const MAX_HALF = 600;
/** Standard errors by which a component alone must lead: the best of many leads a little by luck. */
const CLEAR_LEAD = 0.7;
const CLEAR_LEAD_OF_FEW = 2;
const TIE_BREAK = 1e-4;

/** Choices of readers with much, with little and with no history. */
export type ChoicesByHead = Record<Head, Choices>;

/**
 * Learns the weights of each head on choices that the components have not been trained on. Where one component alone
 * ranks a held-back half better than the blend does, that component is the head. What an ablation leaves out is in
 * `without`.
 */
export function learnBlend(choices: ChoicesByHead, without: readonly Feature[] = []): Blend {
  const kept = (features: readonly Feature[]) =>
    features.filter((feature) => !without.includes(feature)).map(featureIndex);
  const features = kept(FEATURES);
  const careful = choices.long.count + choices.short.count < ENOUGH ? { neverNegative: TASTE } : {};
  const long = learnHead(choices.long, {
    prior: weightsOf(PRIOR),
    strength: STRENGTH,
    features,
    ...careful,
  });
  const short = learnHead(choices.short, { prior: long, strength: TO_LONG, features, ...careful });
  const cold = learnHead(choices.cold, {
    prior: weightsOf(COLD_PRIOR),
    strength: TO_LONG,
    features: kept(COLD_FEATURES),
  });
  const type = featureIndex('type');
  if (!without.includes('type')) cold[type] = Math.max(cold[type]!, LEAST_TYPE_WEIGHT);
  return { cold, short, long };
}

function weightsOf(weights: Partial<Record<Feature, number>>): Float32Array {
  return Float32Array.from(FEATURES, (feature) => weights[feature] ?? 0);
}

function learnHead(choices: Choices, fit: FitOptions): Float32Array {
  const all = Uint32Array.from({ length: choices.count }, (_, index) => index);
  const leader = all.length < LEAST ? null : soloLeader(choices, all, fit);
  return leader ?? fitChoices(choices, all, fit);
}

/** The component that alone, ties broken by the prior, ranks better than the blend; each half is judged by weights of the other. */
function soloLeader(choices: Choices, all: Uint32Array, fit: FitOptions): Float32Array | null {
  const { prior, features } = fit;
  const halves = [0, 1].map((parity) => thinned(all.filter((index) => index % 2 === parity)));
  const blends = halves.map((half) => fitChoices(choices, half, fit));
  const crossed = (weightsOf: (half: number) => Float32Array) =>
    halves.flatMap((half, index) => [...qualities(choices, half, Float64Array.from(weightsOf(1 - index)))]);
  const blended = crossed((half) => blends[half]!);
  let [leader, clearest]: [Float32Array | null, number] = [
    null,
    fit.neverNegative ? CLEAR_LEAD_OF_FEW : CLEAR_LEAD,
  ];
  for (const solo of SOLO_FEATURES.map(featureIndex).filter((feature) => features.includes(feature))) {
    const tieBreak = (weight: number, f: number) => (features.includes(f) ? TIE_BREAK * weight : 0);
    const alone = prior.map((weight, f) => (f === solo ? 1 : tieBreak(weight, f)));
    const ahead = lead(crossed(() => alone).map((quality, index) => quality - blended[index]!));
    if (ahead > clearest) [leader, clearest] = [alone, ahead];
  }
  return leader;
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

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(numbers.length, 1);
}
