import { HALF_LIVES } from './popularity';

/** What the blend weighs. The two forms of one component rank alike: the learner takes the one that mixes best. */
export const FEATURES = [
  'factors',
  'factorsLog',
  'recentFactors',
  'recentFactorsLog',
  'neighbours',
  'neighboursLog',
  'recentNeighbours',
  'recentNeighboursLog',
  'next',
  'content',
  'contentOfLast',
  'category',
  'publisher',
  'typeItem',
  'typeCategory',
  'popular',
  ...HALF_LIVES.map((_, index) => `popular${index}` as `popular${number}`),
  'unborn',
  'ageHour',
  'ageQuarterDay',
  'ageDay',
  'ageThreeDays',
  'ageTwoWeeks',
  'ageTwoMonths',
] as const;

export type Feature = (typeof FEATURES)[number];

export const FEATURE_COUNT = FEATURES.length;

export function featureIndex(feature: Feature): number {
  return FEATURES.indexOf(feature);
}

/** What a reason can rest on, and what is left out together when the data do not support it. */
export const COMPONENTS = {
  factors: ['factors', 'factorsLog', 'recentFactors', 'recentFactorsLog'],
  neighbours: ['neighbours', 'neighboursLog', 'recentNeighbours', 'recentNeighboursLog'],
  next: ['next'],
  content: ['content', 'contentOfLast'],
  category: ['category'],
  publisher: ['publisher'],
  type: ['typeItem', 'typeCategory'],
  popular: ['popular', ...HALF_LIVES.map((_, index): Feature => `popular${index}`)],
  fresh: ['unborn', 'ageHour', 'ageQuarterDay', 'ageDay', 'ageThreeDays', 'ageTwoWeeks', 'ageTwoMonths'],
} satisfies Record<string, readonly Feature[]>;

export type Component = keyof typeof COMPONENTS;

/** Features that rank sensibly alone; the blend must not be worse than the best of them. */
export const SOLO_FEATURES: readonly Feature[] = [
  'factors',
  'recentFactors',
  'neighbours',
  'recentNeighbours',
  'next',
  'content',
  'popular',
  ...HALF_LIVES.map((_, index): Feature => `popular${index}`),
];
