interface ChartChannel {
  field?: string;
  type?: string;
  title?: string | null;
  axis?: { values?: unknown[] } | null;
}

/** What of a specification the page needs itself; the rest is for Vega. */
export interface ChartSpec {
  description: string;
  height: number;
  data: { values: Record<string, string | number>[] };
  encoding: Record<string, ChartChannel | undefined>;
}

/** Pixels for which the texts of a chart are sized; the server's picture is as wide. */
export const CHART_WIDTH = 440;

export interface ChartColumn {
  field: string;
  name: string;
}

const NAMES: Record<string, string> = { x: '항목', s: '구분', y: '값' };

/** Of the table that has a chart's values: the place, the series, the measure. */
export function columnsOf({ data, encoding }: ChartSpec): ChartColumn[] {
  const channels = Object.values(encoding);
  return Object.keys(NAMES)
    .filter((field) => data.values.some((row) => field in row))
    .map((field) => ({
      field,
      name: channels.find((channel) => channel?.field === field && channel.title)?.title ?? NAMES[field]!,
    }));
}

/** The interpreter of Vega takes the number of a moment for a year (vega-interpreter 2.3.2): moments become texts. */
export function interpretable(spec: ChartSpec): ChartSpec {
  const { x } = spec.encoding;
  if (x?.type !== 'temporal' || !x.axis?.values) return spec;
  const values = x.axis.values.map((moment) =>
    typeof moment === 'number' ? new Date(moment).toISOString() : moment,
  );
  return { ...spec, encoding: { ...spec.encoding, x: { ...x, axis: { ...x.axis, values } } } };
}
