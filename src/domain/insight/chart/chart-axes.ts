import { textWidth } from '../../../adapters/chart/text-width';
import type { ChartPoint } from './chart-points';
import { LABEL_SIZE } from './chart-style';
import { measureName, placeName } from './chart-text';
import type { ChosenFields } from './check-choice';
import { dateLabels } from './date-labels';
import { areYears } from './place-texts';
import { PLOT_WIDTH, type Drawn } from './drawing';

/** Of the names beside lying bars. */
export const LABEL_LIMIT = 170;
const NUMBER_TICKS = 6;
const TICK_GAP = 14;
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 36, 48, 60, 120];
/** Of the title of a left axis: it stands level above it, for Hangul is hard to read upright. */
const LEVEL = { titleAngle: 0, titleAnchor: 'end', titleBaseline: 'bottom', titleY: -8 };

/** The axis of the values: from zero where lengths and areas are compared. */
export function valueChannel({ points, fields, choice, unit }: Drawn, isUpright: boolean) {
  const ys = points.map(({ y }) => y / unit.divisor);
  return {
    field: 'y',
    type: 'quantitative',
    title: measureName(fields, choice) + (unit.unit === null ? '' : ` (${unit.unit})`),
    scale: numberScale(ys, choice.kind !== 'line' && choice.kind !== 'scatter'),
    axis: {
      ...numberFormat(ys),
      domain: false,
      ticks: false,
      tickCount: 5,
      ...(ys.every(Number.isInteger) && { tickMinStep: 1 }),
      ...(isUpright && { ...LEVEL, titleAlign: 'left', titleX: 0 }),
    },
  };
}

/** The axis of dates and numbers along which points stand as far apart as they are. */
export function continuousPlace(points: readonly ChartPoint[], fields: ChosenFields) {
  const channel = { field: 'x', title: placeName(fields) };
  const axis = { grid: false, labelOverlap: true, tickSize: 4 };
  if (fields.x.kind === 'number') {
    const xs = points.map(({ x }) => Number(x));
    const format = areYears(fields, points) ? { format: 'd' } : numberFormat(xs);
    return {
      ...channel,
      title: placeName(fields) + (fields.x.unit === null ? '' : ` (${fields.x.unit})`),
      type: 'quantitative',
      scale: numberScale(xs, false),
      axis: { ...axis, ...format, tickCount: NUMBER_TICKS },
    };
  }
  const dates = [...new Set(points.map(({ x }) => String(x)))].sort();
  const labels = dateLabels(dates, fields.x.unit);
  const most = mostLabels(dates.map((date) => labels.label(date)));
  const areMonths = dates.every((date) => date.length === 'yyyy-mm'.length);
  return {
    ...channel,
    type: 'temporal',
    scale: { type: 'utc' },
    axis: {
      ...axis,
      format: labels.format,
      values: everySoMany(dates, most, areMonths).map((date) => Date.parse(date)),
    },
  };
}

/** The axis of categories that a line runs over, in the order of the labels. */
export function namedPlace(labels: readonly string[], fields: ChosenFields) {
  return {
    field: 'x',
    type: 'ordinal',
    title: placeName(fields),
    scale: { domain: labels },
    axis: {
      labelAngle: labels.length > mostLabels(labels) ? -40 : 0,
      labelLimit: 90,
      labelOverlap: true,
      grid: false,
    },
  };
}

/** The axis that bars stand or lie on, in the order of the labels. */
export function barPlace(labels: readonly string[], fields: ChosenFields, lies: boolean) {
  const labelled = everySoMany(labels, mostLabels(labels), labels.at(-1)!.endsWith('월'));
  return {
    field: 'x',
    type: 'nominal',
    title: placeName(fields),
    scale: { domain: labels, paddingInner: 0.25, paddingOuter: 0.15 },
    axis: lies
      ? { labelLimit: LABEL_LIMIT, ticks: false, ...LEVEL, titleAlign: 'right', titleX: -6 }
      : {
          values: labelled,
          labelAngle: 0,
          labelOverlap: true,
          labelFlush: true,
          labelPadding: 10,
          ticks: false,
        },
  };
}

function numberScale(values: readonly number[], fromZero: boolean) {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  if (least !== most) return { zero: fromZero || (least >= 0 && least <= most / 3) };
  if (fromZero) return least === 0 ? { domain: [0, 1] } : { zero: true };
  const room = Math.abs(least) * 0.1 || 1;
  return { domain: [least - room, least + room] };
}

/** Where a plain number would be a row of digits. */
function numberFormat(values: readonly number[]) {
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return most !== 0 && (most >= 1e9 || most < 1e-5) ? { format: '.2~e' } : {};
}

function mostLabels(labels: readonly string[]): number {
  const widest = labels.reduce((most, label) => Math.max(most, textWidth(label, LABEL_SIZE)), 0);
  return Math.max(1, Math.floor(PLOT_WIDTH / (widest + TICK_GAP)));
}

/** At most `most` of what stands side by side; of months whole quarters or years apart. */
function everySoMany(places: readonly string[], most: number, areMonths: boolean): string[] {
  const least = Math.ceil(places.length / most);
  const step = (areMonths && MONTH_STEPS.find((months) => months >= least)) || least;
  return places.filter((_, index) => index % step === 0);
}
