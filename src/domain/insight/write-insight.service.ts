import type { ChartPainter } from '../../adapters/chart/chart-painter';
import type { Transaction } from '../../adapters/database/database';
import type { ErrorCode } from '../../errors';
import type { Prisma } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';
import type { RunHandle } from '../jobs/job-runner.service';
import { MAX_STARTS, type JobOutcome, type JobRun } from '../jobs/runs.sql';
import { buildChart, type Chart } from './build-chart';
import { chartHash } from './chart-urls';
import { checkedText, type CheckedText } from './checked-text';
import type { DatasetService } from './dataset.service';
import type { InsightJobInput } from './insight-job';
import type { InsightDraft, InsightWriter } from './insight-writer';

export interface WriteInsightDeps {
  datasets: Pick<DatasetService, 'table'>;
  writer: InsightWriter;
  painter: Pick<ChartPainter, 'paint'>;
}

/** An insight that is ready to be kept. */
export interface WrittenInsight extends Pick<InsightDraft, 'model' | 'promptVersion'>, CheckedText {
  spec: Chart['spec'];
  picture: { hash: string; svg: string; png: Uint8Array<ArrayBuffer> };
}

/** Who waits for an insight, and is told how far it is. */
export interface Telling {
  jobId: string | null;
  signal: AbortSignal;
  isLastTry: boolean;
  progress: RunHandle['progress'];
}

/** The work of a job of kind INSIGHT: a chart of a data set, and what is to be said of it. */
export class WriteInsightService {
  constructor(private readonly deps: WriteInsightDeps) {}

  async run({ run, signal, progress, succeed }: RunHandle<InsightJobInput>): Promise<void> {
    // Before a server is asked for its data in vain.
    await this.deps.writer.ready?.();
    const isLastTry = run.attempts >= MAX_STARTS;
    const insight = await this.write(run.input, { jobId: run.id, signal, isLastTry, progress });
    await progress('saving', 95);
    await succeed((tx) => save(tx, run, insight));
  }

  /** An insight from its data set to its picture; nothing is kept. */
  async write({ title, datasetId }: InsightJobInput, telling: Telling): Promise<WrittenInsight> {
    const { datasets, writer, painter } = this.deps;
    const { jobId, signal, isLastTry, progress } = telling;
    await progress('loading', 5);
    const { dataset, table } = await datasets.table(datasetId, signal);
    await progress('writing', 30);
    const onFallback = (reason: ErrorCode) => progress('writing', 40, reason);
    const draft = await writer.write({ title, dataset, table }, { jobId, signal, isLastTry, onFallback });
    await progress('checking', 70);
    const { spec, points } = buildChart(table, draft.choice);
    const text = textOf(draft, { dataset, table, choice: draft.choice, points }, title);
    await progress('drawing', 80);
    const { svg, png } = await painter.paint(spec, signal);
    const { model, promptVersion } = draft;
    return {
      model,
      promptVersion,
      ...text,
      spec,
      picture: { hash: chartHash(svg), svg, png: Uint8Array.from(png) },
    };
  }
}

/** What was computed needs no check. */
function textOf(draft: InsightDraft, chart: Parameters<typeof checkedText>[1], title: string): CheckedText {
  if (draft.promptVersion !== null) return checkedText(draft, chart, title);
  const { headline, sentences } = draft;
  return { headline, sentences, fidelity: { unsupportedFigures: [], unsupportedNames: [], passed: true } };
}

async function save(
  tx: Transaction,
  run: JobRun<InsightJobInput>,
  insight: WrittenInsight,
): Promise<JobOutcome> {
  const { model, promptVersion } = insight;
  const { id } = await tx.insight.create({
    data: insightRow(run.input.datasetId, insight),
    select: { id: true },
  });
  const details = { jobId: run.id, model };
  await audit(tx, run.requestedById, 'insight.generate', { type: 'Insight', id }, details);
  return { insightId: id, model, promptVersion };
}

/** As the database keeps it, with its picture. */
export function insightRow(
  datasetId: string,
  { headline, sentences, spec, fidelity, model, promptVersion, picture }: WrittenInsight,
) {
  return {
    datasetId,
    title: headline,
    content: sentences.join(' '),
    chart: spec as unknown as Prisma.InputJsonValue,
    fidelity,
    model,
    promptVersion,
    picture: { create: picture },
  } satisfies Prisma.InsightCreateInput;
}
