import { setTimeout as pause } from 'node:timers/promises';
import { ChartPainter } from '../src/adapters/chart/chart-painter';
import { buildChart } from '../src/domain/insight/build-chart';
import { SAMPLE_CHARTS } from '../test/helpers/sample-charts';
import { report, round } from './report';

const CHARTS = 200;
/** Until the heap of the thread has its size. */
const SETTLED = 40;

const megabytes = () => process.memoryUsage().rss / 1e6;
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** What a chart costs, from the table to SVG and PNG: time, processor, memory. */
export async function benchCharts(): Promise<boolean> {
  const painter = new ChartPainter();
  const before = megabytes();
  const samples: { seconds: number; cpu: number; resident: number; bytes: number }[] = [];
  for (let n = 0; n < CHARTS; n++) {
    const { table, choice } = SAMPLE_CHARTS[n % SAMPLE_CHARTS.length]!;
    const [began, cpu] = [performance.now(), cpuSeconds()];
    const { svg, png } = await painter.paint(buildChart(table, choice).spec);
    samples.push({
      seconds: (performance.now() - began) / 1e3,
      cpu: cpuSeconds() - cpu,
      resident: megabytes(),
      bytes: svg.length + png.length,
    });
  }
  await painter.close();
  await pause(1_000);
  const later = samples.slice(1);
  const mean = (of: (sample: (typeof samples)[number]) => number) =>
    later.reduce((sum, sample) => sum + of(sample), 0) / later.length;
  const most = samples.reduce((largest, { resident }) => Math.max(largest, resident), 0);
  const [first, settled, last] = [samples[0]!, samples[SETTLED]!, samples.at(-1)!];
  return report(
    `${CHARTS} charts of ${SAMPLE_CHARTS.length} kinds and sizes, each drawn as SVG and as PNG`,
    [
      `the first, with the start of the thread and the schema: ${round(first.seconds)} s, ${round(first.cpu)} s of CPU`,
      `then each: ${round(mean(({ seconds }) => seconds))} s, ${round(mean(({ bytes }) => bytes / 1e3))} KB`,
      `resident: ${round(before)} MB before, at most ${round(most)} MB, ${round(megabytes())} MB a second after the end`,
    ],
    [
      { name: 'CPU of a chart', value: mean(({ cpu }) => cpu), atMost: 0.2, unit: ' s' },
      { name: 'memory at most', value: most - before, atMost: 250, unit: ' MB' },
      {
        name: 'memory kept of a chart',
        value: ((last.resident - settled.resident) / (CHARTS - SETTLED)) * 1e3,
        atMost: 200,
        unit: ' KB',
      },
    ],
  );
}
