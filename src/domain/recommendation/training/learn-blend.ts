import {
  type Blend, COMPONENTS, type Feature, FEATURE_COUNT, FEATURES, featureIndex, type Head, priorOf, SOLO_FEATURES, withLeastType,
} from '../model/blend'; // prettier-ignore
import type { Progress } from '../model/reading-data';
import { type Choices, fitChoices, qualities, surprise } from './choice-model';

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

/** Choices of readers with much, with little and with no history. */
export type ChoicesByHead = Record<Head, Choices>;

/**
 * Learns the weights of each head on choices that the components have not been trained on. Components that do not
 * lower the surprise of a held-back half are left out, and where one component alone ranks a held-back half better than
 * the blend does, that component is the head. What an ablation leaves out is in `without`.
 */
export function learnBlend(
  choices: ChoicesByHead,
  progress: Progress,
  without: readonly Feature[] = [],
): Blend {
  const kept = FEATURES.filter((feature) => !without.includes(feature));
  const learn = (head: Head, prior: Float32Array, strength: number, features: readonly Feature[]) =>
    learnHead(choices[head], { prior, strength, mask: maskOf(features) }, progress);
  const long = learn('long', priorOf('long'), STRENGTH, kept);
  const short = learn('short', long, TO_LONG, kept);
  const impersonal = COLD_COMPONENTS.flatMap((component): readonly Feature[] => COMPONENTS[component]);
  const cold = learn(
    'cold',
    priorOf('cold'),
    TO_LONG,
    kept.filter((feature) => impersonal.includes(feature)),
  );
  return { cold: without.includes('typeCategory') ? cold : withLeastType(cold), short, long };
}

type Fit = Parameters<typeof fitChoices>[2];

function learnHead(choices: Choices, fit: Fit, progress: Progress): Float32Array {
  const all = Uint32Array.from({ length: choices.count }, (_, index) => index);
  if (all.length < 10) return fitChoices(choices, all, fit, progress);
  const halves = [0, 1].map((parity) => thinned(all.filter((index) => index % 2 === parity)));
  const trials: { fit: Fit; weights: Float32Array[]; surprise: number }[] = [];
  const attempt = (attempted: Fit) => {
    const weights: Float32Array[] = [];
    for (const half of halves) weights.push(fitChoices(choices, half, attempted, progress));
    const trial = { fit: attempted, weights, surprise: crossedSurprise(choices, halves, weights) };
    trials.push(trial);
    return trial;
  };
  attempt(fit);
  const firm = attempt({ ...fit, strength: FIRMER * fit.strength });
  const better = trials.reduce((left, right) => (right.surprise < left.surprise ? right : left), firm);
  const mask = supported(choices, halves, better.weights, better.fit.mask);
  if (mask.some((on, f) => on !== fit.mask[f])) attempt({ ...better.fit, mask });
  const best = trials.reduce((left, right) => (right.surprise <= left.surprise ? right : left));
  return soloLeader(choices, halves, best.weights, fit) ?? fitChoices(choices, all, best.fit, progress);
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
  if (solos.length === 0) return null;
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

function maskOf(features: readonly Feature[]): Uint8Array {
  return Uint8Array.from(FEATURES, (feature) => (features.includes(feature) ? 1 : 0));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(numbers.length, 1);
}
