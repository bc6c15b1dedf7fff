import pg from 'pg';
import Cursor from 'pg-cursor';

const BATCH_ROWS = 20_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** Between two batches: sorting millions of rows takes its time, a database that is away does not come back. */
const BATCH_TIMEOUT_MS = 60_000;

export interface BulkQuery {
  text: string;
  values?: unknown[];
}

/**
 * Streams the rows of each query as arrays, over a connection of its own and one snapshot: queries that belong together
 * agree, the pool's short time limits do not count, and memory holds one batch.
 */
export class BulkReader {
  private constructor(private readonly client: pg.Client) {}

  static async open(url: string): Promise<BulkReader> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: BATCH_TIMEOUT_MS,
      application_name: 'gyeongdan bulk',
    });
    client.on('error', () => {}); // the next read tells
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return new BulkReader(client);
  }

  async *batches<Row extends unknown[]>({ text, values = [] }: BulkQuery): AsyncGenerator<Row[]> {
    const cursor = this.client.query(new Cursor<Row>(text, values, { rowMode: 'array' }));
    try {
      for (;;) {
        const rows = await cursor.read(BATCH_ROWS);
        if (rows.length === 0) return;
        yield rows;
      }
    } finally {
      await cursor.close().catch(() => {});
    }
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => {});
  }
}
