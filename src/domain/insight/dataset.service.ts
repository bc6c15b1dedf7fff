import type { Prisma } from '../../adapters/database/database';
import type { PublicData } from '../../adapters/public-data/public-data';
import { AppError } from '../../errors';
import type { Clock } from '../shared/clock';
import type { DataTable } from './data-table';
import { DATASETS, IMPORTED_DATASET, type Dataset, type Sample } from './datasets';
import { typedTable, type RawRow } from './typed-columns';

/** After that its source is asked again. */
const FRESH_MS = 86_400_000;

/** What is told of a data set beside its rows. */
export interface DatasetInfo {
  id: string;
  name: string;
  sourceUrl: string;
}

export interface ListedDataset extends DatasetInfo {
  /** Names in the source's order; empty before its first reading. */
  columns: string[];
  fetchedAt: Date | null;
}

export interface DatasetReading {
  dataset: DatasetInfo;
  table: DataTable;
  /** When it was read; of a sample the day it was made. */
  fetchedAt: Date;
}

/** Reads public data sets: each at most once a day. */
export class DatasetService {
  constructor(
    private readonly deps: {
      prisma: Prisma;
      clock: Clock;
      publicData: PublicData;
      /** Other ones in tests. */
      datasets?: readonly Dataset[];
    },
  ) {}

  /** In the order of their file. */
  async list(): Promise<ListedDataset[]> {
    const stored = await this.deps.prisma.$queryRaw<{ id: string; columns: string[]; fetchedAt: Date }[]>`
      SELECT "datasetId" AS id, jsonb_path_query_array("table", '$.columns[*].name') AS columns, "fetchedAt"
      FROM "DatasetTable"`;
    return this.datasets().map((dataset) => {
      if ('sample' in dataset) return { ...infoOf(dataset), ...columnsOfSample(dataset) };
      const { columns = [], fetchedAt = null } = stored.find(({ id }) => id === dataset.id) ?? {};
      return { ...infoOf(dataset), columns, fetchedAt };
    });
  }

  /** Every one that an insight may be of. */
  async listWithImported(): Promise<ListedDataset[]> {
    return [...(await this.list()), { ...IMPORTED_DATASET, columns: [], fetchedAt: null }];
  }

  has(id: string): boolean {
    return this.datasets().some((dataset) => dataset.id === id);
  }

  /**
   * Its rows as they were read within a day, else as they are now.
   * @throws AppError NOT_FOUND for an unknown id; what PublicData throws; DATASET_INVALID when there are no rows
   */
  async table(id: string, signal: AbortSignal): Promise<DatasetReading> {
    const dataset = this.datasets().find((each) => each.id === id);
    if (!dataset) throw new AppError('NOT_FOUND');
    const info = infoOf(dataset);
    if ('sample' in dataset)
      return { dataset: info, table: tableOfSample(dataset.sample), fetchedAt: new Date(dataset.madeOn) };
    const { prisma, clock, publicData } = this.deps;
    const stored = await prisma.datasetTable.findUnique({ where: { datasetId: id } });
    const now = clock.now();
    if (stored && now.getTime() - stored.fetchedAt.getTime() < FRESH_MS)
      return { dataset: info, table: stored.table as unknown as DataTable, fetchedAt: stored.fetchedAt };
    const rows = await publicData.rows(dataset.request, signal);
    const table = typedTable(dataset.columns ? renamed(rows, dataset.columns) : rows);
    if (table.rows.length === 0)
      throw new AppError('DATASET_INVALID', {
        detail: { ko: '자료가 비어 있습니다.', en: 'It has no rows.' },
      });
    const read = { table: table as object, fetchedAt: now };
    await prisma.datasetTable.upsert({
      where: { datasetId: id },
      create: { datasetId: id, ...read },
      update: read,
    });
    return { dataset: info, table, fetchedAt: now };
  }

  private datasets(): readonly Dataset[] {
    return this.deps.datasets ?? DATASETS;
  }
}

const infoOf = ({ id, name, sourceUrl }: Dataset): DatasetInfo => ({ id, name, sourceUrl });

function tableOfSample({ columns, rows }: Sample): DataTable {
  return typedTable(rows.map((row) => columns.map((name, at) => [name, row[at]] as const)));
}

function columnsOfSample({ sample, madeOn }: Dataset & { sample: Sample; madeOn: string }) {
  const { columns } = tableOfSample({ ...sample, rows: sample.rows.slice(0, 1) });
  return { columns: columns.map(({ name }) => name), fetchedAt: new Date(madeOn) };
}

/** Only the columns that have a name of ours, in the order of those names. */
function renamed(rows: readonly RawRow[], names: Record<string, string>): RawRow[] {
  return rows.map((row) => {
    const values = new Map(row);
    return Object.entries(names).map(([theirs, ours]) => [ours, values.get(theirs)] as const);
  });
}
