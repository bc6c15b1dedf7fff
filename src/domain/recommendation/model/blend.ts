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
  'typeItem',
  'typeCategory',
  'popular',
  ...HALF_LIVES.map((_, index) => `popular${index}` as `popular${number}`),
  'unborn',
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
  type: ['typeItem', 'typeCategory'],
  popular: ['popular', ...HALF_LIVES.map((_, index): Feature => `popular${index}`)],
  fresh: ['unborn', 'ageQuarterDay', 'ageThreeDays', 'ageTwoMonths'],
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

const PRIOR: Partial<Record<Feature, number>> = {
  factorsLog: 0.3,
  recentFactorsLog: 0.3,
  neighboursLog: 0.5,
  next: 0.2,
  content: 1,
  category: 0.3,
  typeItem: 0.5,
  typeCategory: 0.5,
  popular: 0.3,
  popular1: 0.2,
  popular2: 0.1,
  unborn: -1,
  ageQuarterDay: -0.1,
  ageThreeDays: -0.1,
};
const COLD_PRIOR: Partial<Record<Feature, number>> = {
  typeItem: 1,
  typeCategory: 0.7,
  popular: 0.3,
  popular0: 0.2,
  popular1: 0.4,
  unborn: -3,
  ageQuarterDay: -0.15,
  ageThreeDays: -0.3,
};

/**
 * An answered questionnaire must show, also when few readers of the training had answered one. Twice the log of the lift:
 * most readers are of several types, so what is learnt of one type is only a part of it.
 */
const LEAST_TYPE_WEIGHT = 2;

/** The weights of a model that nobody has taught: what serves until the first training. */
export function priorBlend(): Blend {
  const long = priorOf('long');
  return { cold: withLeastType(priorOf('cold')), short: long, long };
}

/** An answered questionnaire must show also when few readers of the training had answered one. */
export function withLeastType(cold: Float32Array): Float32Array {
  const type = featureIndex('typeCategory');
  cold[type] = Math.max(cold[type]!, LEAST_TYPE_WEIGHT);
  return cold;
}

/** Where the learning of a head's weights begins. */
export function priorOf(head: 'cold' | 'long'): Float32Array {
  const prior = head === 'cold' ? COLD_PRIOR : PRIOR;
  return Float32Array.from(FEATURES, (feature) => prior[feature] ?? 0);
}
