import { HALF_LIVES } from './popularity';

/** What the blend weighs. The two forms of one component rank alike: the learner takes the one that mixes best. */
export const FEATURES = [
  'factors',
  'factorsLog',
  'recentFactors',
  'recentFactorsLog',
  'neighbours',
  'neighboursLog',
  'next',
  'content',
  'category',
  'publisher',
  'type',
  'popular',
  ...HALF_LIVES.map((_, index) => `popular${index}` as `popular${number}`),
  'ageQuarterDay',
  'ageThreeDays',
  'ageTwoMonths',
] as const;

export type Feature = (typeof FEATURES)[number];

export const FEATURE_COUNT = FEATURES.length;

export function featureIndex(feature: Feature): number {
  return FEATURES.indexOf(feature);
}

/** What a reason can rest on, and what an ablation leaves out together. */
export const COMPONENTS = {
  factors: ['factors', 'factorsLog', 'recentFactors', 'recentFactorsLog'],
  neighbours: ['neighbours', 'neighboursLog'],
  next: ['next'],
  content: ['content'],
  category: ['category'],
  publisher: ['publisher'],
  type: ['type'],
  popular: ['popular', ...HALF_LIVES.map((_, index): Feature => `popular${index}`)],
  fresh: ['ageQuarterDay', 'ageThreeDays', 'ageTwoMonths'],
} satisfies Record<string, readonly Feature[]>;

export type Component = keyof typeof COMPONENTS;

/** Features that rank sensibly alone; the blend must not be worse than the best of them. */
export const SOLO_FEATURES: readonly Feature[] = [
  'factors',
  'recentFactors',
  'neighbours',
  'next',
  'content',
  'popular',
  ...HALF_LIVES.map((_, index): Feature => `popular${index}`),
];

/** One set of weights for each amount of history: nothing read, a little, more. */
export type Head = 'cold' | 'short' | 'long';

const LONG = 5;

export function headOf(reads: number): Head {
  if (reads === 0) return 'cold';
  return reads < LONG ? 'short' : 'long';
}

export type Blend = Record<Head, Float32Array>;
