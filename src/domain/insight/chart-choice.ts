import { z } from 'zod';

export const CHART_KINDS = ['line', 'area', 'bar', 'stackedBar', 'pie', 'scatter'] as const;
export const AGGREGATES = ['none', 'sum', 'mean', 'median', 'min', 'max', 'count'] as const;
export const SORTS = ['x', 'xDescending', 'yAscending', 'yDescending'] as const;

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
  /** Of the y values that share x and series; `count` counts rows, whatever y is. */
  aggregate: z.enum(AGGREGATES),
  /** Rows that fulfil all of them. A date equals a year or a month that it is in. */
  filters: z.array(filter).max(3),
  /** By x: dates and numbers rising, categories as the data have them. By y: of all series together. */
  sort: z.enum(SORTS),
  /** The first so many x values in that order, so with xDescending the newest ones, drawn rising; null for all. */
  limit: z.number().int().min(1).max(100).nullable(),
});
export type ChartFilter = z.infer<typeof filter>;
export type ChartChoice = z.infer<typeof chartChoice>;
