import { badUserInput } from '../../errors';

export interface PageRequest {
  first: number;
  /** A cursor; none, or an empty one, for the first page. */
  after?: string | null;
}

/** A keyset page: items in list order, and where each of them stands. */
export interface Page<T> {
  items: readonly T[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  cursorOf(item: T): string;
  /** Counts only when called. */
  count(): Promise<number>;
}

/** The place of an item in a list that is ordered by time, then id, newest first. */
export interface Position {
  at: Date;
  id: string;
}

export const MAX_PAGE_SIZE = 100;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export function isId(id: unknown): id is string {
  return typeof id === 'string' && UUID.test(id);
}

/** Throws BAD_USER_INPUT naming the argument unless `id` has the form of our ids. */
export function requireId(argument: string, id: string): string {
  if (!isId(id)) throw badUserInput(argument, { ko: 'ID 형식이 아닙니다.', en: 'It is not an id.' });
  return id.toLowerCase();
}

/** Throws BAD_USER_INPUT naming `first` unless it is 1 to `max`. */
export function requirePageSize(first: number, max = MAX_PAGE_SIZE): number {
  if (Number.isInteger(first) && first >= 1 && first <= max) return first;
  throw badUserInput('first', {
    ko: `1부터 ${max}까지의 정수여야 합니다.`,
    en: `It must be an integer from 1 to ${max}.`,
  });
}

export function encodeCursor({ at, id }: Position): string {
  return Buffer.from(at.getTime().toString(36) + '_' + id.replaceAll('-', '')).toString('base64url');
}

/** Throws BAD_USER_INPUT naming `after` when the cursor is not one of ours. */
export function decodeCursor(cursor: string): Position {
  const parts = /^([0-9a-z]{1,11})_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(
    Buffer.from(cursor, 'base64url').toString('latin1'),
  );
  const at = new Date(parseInt(parts?.[1] ?? '', 36));
  if (!parts || Number.isNaN(at.getTime()) || at.getTime() > MAX_TIMESTAMP)
    throw badUserInput('after', { ko: '알 수 없는 커서입니다.', en: 'The cursor is unknown.' });
  return { at, id: parts.slice(2).join('-') };
}
// PostgreSQL's timestamps and JavaScript's dates agree up to this year.
const MAX_TIMESTAMP = Date.UTC(9999, 0);

/** Cuts the extra row that was fetched to learn whether there is a next page. */
export function pageOf<T>(
  rows: T[],
  { first, after }: PageRequest,
  position: (item: T) => Position,
  count: () => Promise<number>,
): Page<T> {
  return {
    items: rows.length > first ? rows.slice(0, first) : rows,
    hasNextPage: rows.length > first,
    hasPreviousPage: Boolean(after),
    cursorOf: (item) => encodeCursor(position(item)),
    count,
  };
}

/** A table as Prisma gives it, of rows that know when they were created. */
interface Table<Where, Row> {
  findMany(query: {
    where: Where & { createdAt?: { lte: Date }; OR?: object[] };
    orderBy: ({ createdAt: 'desc' } | { id: 'desc' })[];
    take: number;
  }): Promise<Row[]>;
  count(query: { where: Where }): Promise<number>;
}

/** A page of what `where` tells of a table, newest first; `where` itself must have no OR. Throws BAD_USER_INPUT. */
export async function pageByCreation<Where extends object, Row extends { id: string; createdAt: Date }>(
  table: Table<Where, Row>,
  where: Where & { OR?: never },
  request: PageRequest,
): Promise<Page<Row>> {
  const take = requirePageSize(request.first) + 1;
  const rows = await table.findMany({
    where: { ...where, ...createdBefore(request.after) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take,
  });
  const position = ({ createdAt, id }: Row) => ({ at: createdAt, id });
  return pageOf(rows, request, position, () => table.count({ where }));
}

/** Twice as fast as Prisma's own `cursor`. */
function createdBefore(after: string | null | undefined) {
  if (!after) return {};
  const { at, id } = decodeCursor(after);
  return { createdAt: { lte: at }, OR: [{ createdAt: { lt: at } }, { id: { lt: id } }] };
}
