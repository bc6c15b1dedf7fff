import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Transaction } from '../../adapters/database/database';
import type { EconomicTerm } from '../../generated/prisma/client';

/** An entry as it is kept in memory and shown. */
export type Term = Pick<EconomicTerm, 'id' | 'term' | 'termKey' | 'description' | 'example' | 'aliases'>;

/**
 * A value that differs after every change, whoever made it: each new version of a row has a larger xmin than those
 * before it, so with as many rows as before their sum has grown.
 */
export async function selectGlossaryVersion(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ version: string }>({
    name: 'glossary-version',
    text: `SELECT count(*) || '-' || coalesce(sum(xmin::text::bigint), 0) AS version FROM "EconomicTerm"`,
  });
  return rows[0]!.version;
}

/** At most `limit` entries in the order of their keys. */
export async function selectGlossary(pool: Pool, limit: number): Promise<Term[]> {
  const { rows } = await pool.query<Term>({
    name: 'glossary',
    text: `SELECT id, term, "termKey", description, example, aliases FROM "EconomicTerm" ORDER BY "termKey" LIMIT $1`,
    values: [limit],
  });
  return rows;
}

export interface NewTerm {
  /** Its id, where somebody has to know it. */
  id?: string;
  term: string;
  termKey: string;
  description: string;
  example: string | null;
  aliases: string[];
}

/** Saves those whose key is free, in one statement; returns their keys. */
export async function insertTerms(tx: Transaction, terms: readonly NewTerm[]): Promise<Set<string>> {
  const column = (of: (term: NewTerm) => string) => terms.map(of);
  // Arrays of arrays must have equal lengths in PostgreSQL; aliases have no line breaks.
  const rows = await tx.$queryRaw<{ termKey: string }[]>`
    INSERT INTO "EconomicTerm" (id, term, "termKey", description, example, aliases)
    SELECT t.id, t.term, t.key, t.description, nullif(t.example, ''), string_to_array(t.aliases, E'\n')
    FROM unnest(${column((t) => t.id ?? randomUUID())}::uuid[], ${column((t) => t.term)}::text[], ${column((t) => t.termKey)}::text[],
      ${column((t) => t.description)}::text[], ${column((t) => t.example ?? '')}::text[],
      ${column((t) => t.aliases.join('\n'))}::text[]) AS t(id, term, key, description, example, aliases)
    ON CONFLICT ("termKey") DO NOTHING
    RETURNING "termKey"`;
  return new Set(rows.map(({ termKey }) => termKey));
}
