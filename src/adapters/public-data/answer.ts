import type { PublicDataRow } from './public-data';

/** What a server sent, in whatever format. */
export interface Answer {
  /** What it tells beside the rows, e.g. `resultcode` and `totalcount`: names in lower case, the first value of each. */
  told: ReadonlyMap<string, string>;
  /** Null when there is no place for rows. */
  rows: PublicDataRow[] | null;
}

/** Far more than is kept of them: what is beyond was not worth its memory. */
export const MAX_ANSWER_ROWS = 10_000;
export const MAX_CELLS = 200;
/** Characters of a value or a name. */
export const MAX_CELL = 4_000;
const MAX_DEPTH = 8;
const MAX_SIBLINGS = 20;
const MAX_TOLD = 300;
/** Where rows are: `response.body.items.item`, `body.items`, `data` of odcloud, `row` of the older services. */
const ROWS = new Set(['items', 'item', 'row', 'data']);

/** Reads an answer in JSON, whose rows are found by the name of their list, or are the answer itself. */
export function answerOfJson(value: unknown): Answer {
  const told = new Map<string, string>();
  let rows: PublicDataRow[] | null = null;
  const visit = (name: string, part: unknown, depth: number): void => {
    if (Array.isArray(part)) {
      if (ROWS.has(name) || depth === 0) rows ??= rowsOf(part);
      else if (depth < MAX_DEPTH) part.slice(0, MAX_SIBLINGS).forEach((each) => visit('', each, depth + 1));
    } else if (isObject(part)) {
      if (name === 'item' || name === 'row') rows ??= rowsOf([part]);
      else if (depth < MAX_DEPTH)
        for (const [key, child] of cellsOf(part)) visit(key.toLowerCase(), child, depth + 1);
    } else if (ROWS.has(name)) rows ??= [];
    else if (!told.has(name)) told.set(name, String(part).slice(0, MAX_TOLD));
  };
  visit('', value, 0);
  return { told, rows };
}

/** Some services wrap each row once more: `items: [{ item: { … } }]`. */
function rowsOf(list: unknown[]): PublicDataRow[] {
  return list
    .slice(0, MAX_ANSWER_ROWS)
    .filter(isObject)
    .map((row) => cellsOf(Object.keys(row).length === 1 && isObject(row.item) ? row.item : row))
    .map((cells) => cells.map(([name, value]) => [name.slice(0, MAX_CELL), flat(value)]));
}

/** What is nested is written out: whoever walks through a value of any depth runs out of stack. */
function flat(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, MAX_CELL);
  if (typeof value !== 'object' || value === null) return value;
  try {
    return JSON.stringify(value).slice(0, MAX_CELL);
  } catch {
    return null;
  }
}

function cellsOf(row: Record<string, unknown>): [string, unknown][] {
  return Object.entries(row).slice(0, MAX_CELLS);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
