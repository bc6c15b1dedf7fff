import type { Pool } from 'pg';
import { OLD_SCHEMAS } from './old-table';

const NUMBER = /^\d{1,19}$/;
const TABLES = OLD_SCHEMAS.map((schema) => `${schema}.articles`);

/** What an article of the old service is called here; null when it has not moved, or is not published. One statement. */
export async function selectMovedArticle(pool: Pool, oldId: string): Promise<string | null> {
  if (!NUMBER.test(oldId)) return null;
  const { rows } = await pool.query<{ id: string }>({
    name: 'moved-article',
    text: `SELECT a.id FROM "ImportedRow" r JOIN "Article" a ON a.id = r."newId" AND a.status = 'PUBLISHED'
           WHERE r."oldTable" = ANY($1) AND r."oldId" = $2 ORDER BY array_position($1, r."oldTable") LIMIT 1`,
    values: [TABLES, BigInt(oldId).toString()],
  });
  return rows[0]?.id ?? null;
}
