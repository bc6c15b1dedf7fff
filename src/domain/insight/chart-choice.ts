import { z } from 'zod';

export const CHART_KINDS = ['line', 'area', 'bar', 'stackedBar', 'pie', 'scatter'] as const;
export const AGGREGATES = ['none', 'sum', 'mean', 'median', 'min', 'max', 'count'] as const;

const filter = z.strictObject({
  /** A column's name, as everywhere here. */
  field: z.string().max(100),
  comparison: z.enum(['equals', 'differs', 'atLeast', 'atMost']),
  value: z.union([z.string().max(100), z.number()]),
});

/** What a chart shows, in a closed vocabulary: no expressions, no addresses, no code. The same shape is asked of a model. */
export const chartChoice = z.strictObject({
  kind: z.enum(CHART_KINDS),
  /** Along the x axis; the slices of a pie. */
  x: z.string().max(100),
  /** Along the y axis; the sizes of the slices. */
  y: z.string().max(100),
  /** Tells lines, stacks or points apart by colour. */
  series: z.string().max(100).nullable(),
  /** Of the y values that share x and series. */
  aggregate: z.enum(AGGREGATES),
  filters: z.array(filter).max(3),
  sort: z.enum(['x', 'yAscending', 'yDescending']),
  /** The first so many x values in that order; null for all. */
  limit: z.number().int().min(1).max(100).nullable(),
});
export type ChartChoice = z.infer<typeof chartChoice>;
