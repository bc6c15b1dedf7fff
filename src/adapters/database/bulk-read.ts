import pg from 'pg';
import Cursor from 'pg-cursor';

const BATCH_ROWS = 20_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** For one batch: sorting millions of rows takes its time, a database that is away does not come back. */
const BATCH_TIMEOUT_MS = 60_000;
const TICKS = 20;

export interface BulkQuery {
  text: string;
  values?: unknown[];
  /** In memory at once; fewer where rows are large. */
  batchRows?: number;
}

/**
 * Streams the rows of each query as arrays, over a connection of its own and one snapshot: queries that belong together
 * agree, the pool's short time limits do not count, and memory holds one batch.
 */
export class BulkReader {
  private readonly ended: Promise<void>;

  private constructor(
    private readonly client: pg.Client,
    private readonly batchTimeoutMs: number,
  ) {
    this.ended = new Promise((resolve) => client.once('end', resolve));
  }

  static async open(url: string, batchTimeoutMs = BATCH_TIMEOUT_MS): Promise<BulkReader> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: 'gyeongdan bulk',
    });
    client.on('error', () => {}); // the next read tells
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // PostgreSQL's own limit counts from the first batch of a cursor to its last, however many there are.
    await client.query('SET LOCAL statement_timeout = 0');
    return new BulkReader(client, batchTimeoutMs);
  }

  /** Throws what `isDatabaseOutage` knows when a batch takes longer than the limit. */
  async *batches<Row extends unknown[]>({
    text,
    values = [],
    batchRows = BATCH_ROWS,
  }: BulkQuery): AsyncGenerator<Row[]> {
    const cursor = this.client.query(new Cursor<Row>(text, values, { rowMode: 'array' }));
    try {
      for (;;) {
        const rows = await this.inTime(cursor.read(batchRows));
        if (rows.length === 0) return;
        yield rows;
      }
    } finally {
      // A connection that is gone answers no close.
      await Promise.race([cursor.close().catch(() => {}), this.ended]);
    }
  }

  /** All rows at once. */
  async rows<Row extends unknown[]>(query: BulkQuery): Promise<Row[]> {
    const all: Row[] = [];
    for await (const rows of this.batches<Row>(query)) for (const row of rows) all.push(row);
    return all;
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => {});
  }

  /** Counts ticks, not time: a process that stood still for the limit has not waited for it. */
  private async inTime<T>(batch: Promise<T>): Promise<T> {
    let ticks = 0;
    const ticking = setInterval(() => {
      if (++ticks >= TICKS) destroy(this.client);
    }, this.batchTimeoutMs / TICKS);
    try {
      return await batch;
    } finally {
      clearInterval(ticking);
    }
  }
}

/** Ends a connection whose server does not answer; what waits for it fails as for an outage. */
function destroy(client: pg.Client): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(error: Error): void } } };
  connection.stream.destroy(new Error('Query read timeout'));
}
