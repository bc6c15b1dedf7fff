import { HALF_LIVES } from './popularity';

/**
 * The features that the blend weighs, by what a reason can rest on and an ablation leaves out together. The two forms of
 * one component rank alike: the learner takes the one that mixes best.
 */
export const COMPONENTS = {
  factors: ['factors', 'factorsLog', 'recentFactors', 'recentFactorsLog'],
  neighbours: ['neighbours', 'neighboursLog'],
  next: ['next'],
  content: ['content'],
  category: ['category'],
  type: ['type'],
  popular: ['popular', ...HALF_LIVES.map((_, index) => `popular${index}` as `popular${number}`)],
  shown: ['clickRate', 'clickRateOfDay'],
  fresh: ['ageQuarterDay', 'ageThreeDays', 'ageTwoMonths'],
} as const;

export type Component = keyof typeof COMPONENTS;
export type Feature = (typeof COMPONENTS)[Component][number];

export const FEATURES: readonly Feature[] = Object.values(COMPONENTS).flat();
export const FEATURE_COUNT = FEATURES.length;

export function featureIndex(feature: Feature): number {
  return FEATURES.indexOf(feature);
}

/** Features that rank sensibly alone; the blend must not be worse than the best of them. */
export const SOLO_FEATURES: readonly Feature[] = [
  'factors',
  'recentFactors',
  'neighbours',
  'next',
  'content',
  ...COMPONENTS.popular,
];

/** One set of weights for each amount of history: nothing read, a little, more. */
export type Head = 'cold' | 'short' | 'long';

const LONG = 5;

export function headOf(reads: number): Head {
  if (reads === 0) return 'cold';
  return reads < LONG ? 'short' : 'long';
}

export type Blend = Record<Head, Float32Array>;
