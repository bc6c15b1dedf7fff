import type { ChartPoint } from './chart-points';

/** How the numbers of an axis are written: 12,300,000 won as 1,230 with the unit 만 원. */
export interface AxisUnit {
  /** What a value is divided by. */
  divisor: number;
  /** null when nothing says. */
  unit: string | null;
}

const SCALES: [least: number, divisor: number, name: string][] = [
  [1e12, 1e12, '조'],
  [1e8, 1e8, '억'],
  [1e5, 1e4, '만'],
];
/** Units that are counted in thousands and more already: 천명, 백만 달러, 십억원. */
const COUNTED =
  /^(십|백|천|만|십만|백만|천만|억|십억|백억|천억|조)\s*(원|달러|엔|유로|명|가구|세대|호|건|대|개|톤|주|배럴)$/;
const MAGNITUDES: Record<string, number> = {
  십: 10, 백: 100, 천: 1e3, 만: 1e4, 십만: 1e5, 백만: 1e6, 천만: 1e7,
  억: 1e8, 십억: 1e9, 백억: 1e10, 천억: 1e11, 조: 1e12,
}; // prettier-ignore

/** 만, 억 or 조 when the values are so large, so that an axis shows few digits. */
export function axisUnit(points: readonly ChartPoint[], unit: string | null): AxisUnit {
  const largest = points.reduce((most, { y }) => Math.max(most, Math.abs(y)), 0);
  const [, magnitude, base] = COUNTED.exec(unit ?? '') ?? [];
  const factor = magnitude === undefined ? 1 : MAGNITUDES[magnitude]!;
  const [, divisor, name] = SCALES.find(([least]) => largest >= 1e4 && largest * factor >= least) ?? [];
  if (divisor === undefined || isRatio(unit)) return { divisor: 1, unit };
  return { divisor: divisor / factor, unit: [name, base ?? unit].filter(Boolean).join(' ') };
}

/** Percents and the like are never counted in ten thousands. */
function isRatio(unit: string | null): boolean {
  return unit !== null && /^(%p?|％|퍼센트|배|bp|‰)$/.test(unit);
}
