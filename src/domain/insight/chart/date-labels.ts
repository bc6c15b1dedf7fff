/** Dates of one column: 2024, 2024-03 or 2024-03-15; the finest says how they are written, or their span: a quarter is its first month. */
export interface DateLabels {
  /** As d3-time-format knows it, for UTC. */
  format: string;
  label(date: string): string;
}

export function dateLabels(dates: readonly string[], span: string | null): DateLabels {
  const finest = dates.reduce((most, date) => Math.max(most, date.length), 0);
  const years = new Set(dates.map((date) => date.slice(0, 4))).size;
  if (finest === 4) return { format: '%Y년', label: (date) => `${year(date)}년` };
  if (finest === 7 && span === '분기')
    return {
      format: '%y년 %q분기',
      label: (date) => `${year(date).slice(2)}년 ${Math.ceil(part(date, 1) / 3)}분기`,
    };
  if (finest === 7)
    return { format: '%y년 %-m월', label: (date) => `${year(date).slice(2)}년 ${part(date, 1)}월` };
  if (years > 1)
    return {
      format: '%y.%-m.%-d',
      label: (date) => `${year(date).slice(2)}.${part(date, 1)}.${part(date, 2)}`,
    };
  return { format: '%-m월 %-d일', label: (date) => `${part(date, 1)}월 ${part(date, 2)}일` };
}

const year = (date: string) => date.slice(0, 4);
const part = (date: string, index: number) => Number(date.split('-')[index] ?? 1);
