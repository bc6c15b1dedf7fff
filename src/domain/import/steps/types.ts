import { READER_TYPES, type ReaderType } from '../../user/questionnaire';
import { profileOf } from '../../user/reader-profile.service';
import {
  merged,
  moved,
  referredTables,
  reported,
  type ImportRun,
  type ImportStep,
  type Outcome,
} from '../import-step';
import { ledgerKey, type Reference } from '../ledger';
import type { OldRow } from '../old-table';
import { countOf, RowNotes } from '../old-text';

/** In the order of READER_TYPES. */
const POINTS = [
  'userTypeIssueFinder',
  'userTypeLifestyleConsumer',
  'userTypeEntertainer',
  'userTypeTechSpecialist',
  'userTypeProfessionals',
] as const;
const COLUMNS = {
  userId: 'text',
  userTypeIssueFinder: 'text',
  userTypeLifestyleConsumer: 'text',
  userTypeEntertainer: 'text',
  userTypeTechSpecialist: 'text',
  userTypeProfessionals: 'text',
  userType: 'text',
} as const;
type Row = OldRow<typeof COLUMNS>;

/** Far beyond what ten questions give; five of them are an integer yet. */
const MAX_POINTS = 1_000_000;

/** What readers are: of several rows of one the newest, and none where the reader has answered here. */
export const typesStep: ImportStep<typeof COLUMNS> = {
  name: 'types',
  table: 'user_type',
  columns: COLUMNS,
  id: (table) => table.column(table.has('id') ? 'id' : 'userId'),
  orderBy: (table) => `${table.column(table.has('id') ? 'id' : 'userId')} DESC`,
  batchRows: 1_000,
  begin: async (run, table) => {
    const userTables = referredTables(run, table, 'users');
    return async (rows) => {
      const users = await run.ledger.resolve(userTables, rows.map(userIdOf));
      const answered = await withoutRoom(run, [...users.values()]);
      const written: { id: string; points: number[] }[] = [];
      const outcomes = rows.map((row): Outcome => {
        const user = users.get(userIdOf(row) ?? '');
        const room = user && answered.get(user.newId);
        if (!user || room === 'gone') return reported('READER_NOT_MOVED');
        const notes = new RowNotes();
        const points = pointsOf(row, notes);
        if (points === null) return reported('NO_ANSWERS');
        if (room === 'answered') return merged(user.newId);
        answered.set(user.newId, 'answered');
        written.push({ id: user.newId, points });
        return moved(user.newId, keyOf(user.newId), notes.list());
      });
      return {
        outcomes,
        write: async (tx) => {
          const column = (at: number) => written.map(({ points }) => points[at]!);
          await tx.$executeRaw`
            UPDATE "User" u SET "readerPoints" = ARRAY[t.a, t.b, t.c, t.d, t.e]
            FROM unnest(${written.map(({ id }) => id)}::uuid[], ${column(0)}::int[], ${column(1)}::int[],
              ${column(2)}::int[], ${column(3)}::int[], ${column(4)}::int[]) AS t(id, a, b, c, d, e)
            WHERE u.id = t.id AND u."readerPoints" = '{}'`;
        },
      };
    };
  },
};

const userIdOf = ({ userId }: Row) => userId?.trim() ?? null;
const keyOf = (userId: string) => ledgerKey('type', userId);

/** Of users: those that have answered, here or by a row before, and those that are gone. */
async function withoutRoom(
  { prisma, ledger }: ImportRun,
  users: readonly Reference[],
): Promise<Map<string, 'answered' | 'gone'>> {
  const ids = users.map(({ newId }) => newId);
  const here = await prisma.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, readerPoints: true },
  });
  const before = await ledger.byKeys(ids.map(keyOf));
  const state = new Map<string, 'answered' | 'gone'>();
  for (const { newId, isPretended } of users) {
    const user = here.find(({ id }) => id === newId);
    if (!user && !isPretended) state.set(newId, 'gone');
    else if (before.has(keyOf(newId)) || (user && user.readerPoints.length > 0)) state.set(newId, 'answered');
  }
  return state;
}

/** Null for a row that says nothing. */
function pointsOf(row: Row, notes: RowNotes): number[] | null {
  const points = POINTS.map((name) => Math.min(countOf(row[name]), MAX_POINTS));
  const named = typeNamed(row.userType);
  if (points.some((each) => each > 0)) {
    if (named && profileOf(points, null).type !== named) notes.add('TYPE_DIFFERS');
    return points;
  }
  if (!named) return null;
  notes.add('TYPE_WITHOUT_POINTS');
  return READER_TYPES.map((type) => (type === named ? 1 : 0));
}

/** The old name of the last one is a plural; NONE is none. */
function typeNamed(text: string | null): ReaderType | undefined {
  const name = text?.trim().toUpperCase().replace(/S$/, '');
  return READER_TYPES.find((type) => type === name);
}
