/** A colour on a light page, and what it becomes on a dark one. */
export interface ChartColor {
  light: string;
  dark: string;
}

export const INK = {
  background: { light: '#ffffff', dark: '#15181c' },
  text: { light: '#1f2933', dark: '#e8eaed' },
  muted: { light: '#55606b', dark: '#aab2bb' },
  rule: { light: '#8a949e', dark: '#78828c' },
  grid: { light: '#e2e6ea', dark: '#33393f' },
  /** The slice of what is left over. */
  rest: { light: '#9aa3ac', dark: '#6f7882' },
} satisfies Record<string, ChartColor>;

/** The first four are far apart for every kind of colour blindness; behind them dashes and shapes help. */
export const SERIES_COLORS: ChartColor[] = [
  { light: '#2a6fdb', dark: '#6ea3f5' },
  { light: '#dd7a14', dark: '#f2a44e' },
  { light: '#1d5c3a', dark: '#53bd86' },
  { light: '#c2599f', dark: '#e596cb' },
  { light: '#7a1f2b', dark: '#de6b7c' },
  { light: '#4d9cc0', dark: '#86cbea' },
  { light: '#8f8a00', dark: '#cbc53f' },
  { light: '#4b3b78', dark: '#a392e6' },
];
