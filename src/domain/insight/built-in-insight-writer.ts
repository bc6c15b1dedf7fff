import { AppError } from '../../errors';
import { buildChart, type Chart } from './build-chart';
import type { ChartChoice } from './chart-choice';
import { ChartFault } from './chart-fault';
import { chooseCharts } from './choose-chart';
import { describeChart } from './describe-chart';
import type { InsightDraft, InsightSubject, InsightWriter } from './insight-writer';

/** Chooses a chart by the columns and computes what is said of it. */
export class BuiltInInsightWriter implements InsightWriter {
  async write({ title, dataset, table }: InsightSubject): Promise<InsightDraft> {
    const drawable = chooseCharts(table, title)
      .map((choice) => ({ choice, chart: built(table, choice) }))
      .filter((drawn): drawn is { choice: ChartChoice; chart: Chart } => drawn.chart !== null);
    // One point alone is hardly a chart.
    const best = drawable.find(({ chart }) => chart.points.length > 1) ?? drawable[0];
    if (!best)
      throw new AppError('DATASET_INVALID', {
        detail: { ko: '그래프로 그릴 수 있는 열이 없습니다.', en: 'It has no columns that can be drawn.' },
      });
    const { choice, chart } = best;
    const text = describeChart({ dataset, table, choice, points: chart.points });
    return { choice, ...text, model: 'extractive', promptVersion: null };
  }
}

function built(table: InsightSubject['table'], choice: ChartChoice): Chart | null {
  try {
    return buildChart(table, choice);
  } catch (error) {
    if (error instanceof ChartFault) return null;
    throw error;
  }
}
