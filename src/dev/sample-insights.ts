import type { WorkerContext } from '../context/worker';
import { BuiltInInsightWriter } from '../domain/insight/built-in-insight-writer';
import { insightRow, WriteInsightService } from '../domain/insight/write-insight.service';

const HOUR_MS = 3_600_000;
/** The last one is the newest. */
const SAMPLES = [
  { title: '최근 3년 원/달러 환율', datasetId: 'sample-exchange-rate' },
  { title: '물가상승률 추이', datasetId: 'sample-consumer-prices' },
  { title: '기준금리 추이', datasetId: 'sample-base-rate' },
];

/** For `npm start`: published insights of the made-up data sets. No model is paid for them. */
export async function writeSampleInsights(
  { database: { prisma }, datasets, painter }: Pick<WorkerContext, 'database' | 'datasets' | 'painter'>,
  now: Date,
): Promise<void> {
  const writing = new WriteInsightService({ datasets, painter, writer: new BuiltInInsightWriter() });
  const signal = new AbortController().signal;
  for (const [index, sample] of SAMPLES.entries()) {
    const insight = await writing.write(sample, {
      jobId: null,
      signal,
      isLastTry: true,
      progress: async () => {},
    });
    const releasedAt = new Date(now.getTime() - (SAMPLES.length - index) * HOUR_MS);
    await prisma.insight.create({
      data: {
        ...insightRow(sample.datasetId, insight),
        status: 'PUBLISHED',
        createdAt: releasedAt,
        releasedAt,
      },
    });
  }
}
