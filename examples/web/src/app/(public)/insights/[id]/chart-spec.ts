/** What of a specification the page needs itself; the rest is for Vega. */
export interface ChartSpec {
  description: string;
  height: number;
  data: { values: Record<string, string | number>[] };
  encoding: Record<string, { field?: string; title?: string | null } | undefined>;
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
