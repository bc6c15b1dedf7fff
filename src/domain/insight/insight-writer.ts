import type { ChainedWriter, ChainOptions } from '../shared/writer-chain';
import type { ChartChoice } from './chart-choice';
import type { DataTable } from './data-table';
import type { InsightText } from './describe-chart';

/** What is to be written about: the title of whoever asked, and the data. */
export interface InsightSubject {
  title: string;
  dataset: { name: string };
  table: DataTable;
}

/** A chart that can be drawn, and what is said of it; nobody has checked that yet. */
export interface InsightDraft extends InsightText {
  choice: ChartChoice;
  /** The model that wrote it; "extractive" for the built-in writer, whose text is computed. */
  model: string;
  promptVersion: string | null;
}

export interface InsightOptions extends ChainOptions {
  /** The job that calls of a model are counted for; null for none. */
  jobId: string | null;
}

export interface InsightWriter extends ChainedWriter {
  /** Throws as a Rewriter does, and DATASET_INVALID where there is nothing to draw. */
  write(subject: InsightSubject, options: InsightOptions): Promise<InsightDraft>;
}
