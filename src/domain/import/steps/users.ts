import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../adapters/database/database';
import { NAME_OF_THE_NAMELESS } from '../../../adapters/kakao/kakao-client';
import type { User } from '../../../generated/prisma/client';
import { nameFrom } from '../../../visible-text';
import { auditEach } from '../../audit/audit.service';
import { merged, moved, reported, type ImportRun, type ImportStep, type Outcome } from '../import-step';
import { ledgerKey } from '../ledger';
import type { OldRow } from '../old-table';
import { decoded, RowNotes, showableUrl } from '../old-text';

const COLUMNS = { name: 'text', kakaoUserId: 'text', profileImage: 'text', role: 'text' } as const;
type Row = OldRow<typeof COLUMNS>;
const MAX_NAME = 100;
/** Kakao counts its users from 1. */
const KAKAO_ID = /^[1-9]\d{0,19}$/;

/** Spring also writes it with its prefix. */
const ADMIN = /^\s*(?:ROLE_)?ADMIN\s*$/i;

type NewUser = Pick<User, 'id' | 'kakaoId' | 'name' | 'profileImageUrl' | 'createdAt'>;

/** Users by their Kakao ids: of several rows of one person the newest is kept, and ADMIN if any of them is. */
export const usersStep: ImportStep<typeof COLUMNS> = {
  name: 'users',
  table: 'users',
  columns: COLUMNS,
  orderBy: (table) => `${table.column('kakaoUserId')}, ${table.column('id')} DESC`,
  batchRows: 2_000,
  begin: async (run) => async (rows) => {
    const ids = rows.map(kakaoIdOf);
    const there = await present(
      run,
      ids.filter((id) => id !== null),
    );
    const created: NewUser[] = [];
    const admins = new Set<string>();
    const outcomes = rows.map((row, at): Outcome => {
      const kakaoId = ids[at]!;
      if (kakaoId === null) return reported('NO_KAKAO_ID');
      const known = there.get(kakaoId);
      if (known === null) return reported('ACCOUNT_DELETED');
      const id = known ?? randomUUID();
      if (ADMIN.test(row.role ?? '')) admins.add(id);
      if (known !== undefined) return merged(id, 'DUPLICATE_KAKAO_ID');
      there.set(kakaoId, id);
      const notes = new RowNotes();
      created.push(userOf(row, { id, kakaoId }, run, notes));
      return moved(id, keyOf(kakaoId), notes.list());
    });
    return {
      outcomes,
      write: async (tx) => {
        await insert(tx, created);
        await appoint(tx, [...admins]);
      },
    };
  },
};

function kakaoIdOf({ kakaoUserId }: Row): string | null {
  const id = kakaoUserId?.trim() ?? '';
  return KAKAO_ID.test(id) ? id : null;
}

const keyOf = (kakaoId: string) => ledgerKey('user', kakaoId);

function userOf(
  { name, profileImage }: Row,
  ids: Pick<NewUser, 'id' | 'kakaoId'>,
  run: ImportRun,
  notes: RowNotes,
): NewUser {
  const profileImageUrl = showableUrl(profileImage, run);
  if (profileImage?.trim() && profileImageUrl === null) notes.add('PICTURE_LEFT_OUT');
  return {
    ...ids,
    name: nameFrom(decoded(name ?? ''), MAX_NAME) ?? NAME_OF_THE_NAMELESS,
    profileImageUrl,
    createdAt: run.now,
  };
}

/** By Kakao id who is here; null for who has left. */
async function present(run: ImportRun, kakaoIds: string[]): Promise<Map<string, string | null>> {
  const where = { kakaoId: { in: kakaoIds } };
  const users = await run.prisma.user.findMany({ where, select: { id: true, kakaoId: true } });
  const moved = await run.ledger.byKeys(kakaoIds.map(keyOf));
  const leaving = [
    ...(await run.prisma.pendingUnlink.findMany({ where, select: { kakaoId: true } })),
    ...(await run.prisma.unlinkNotice.findMany({ where, select: { kakaoId: true } })),
  ];
  const found = new Map<string, string | null>(leaving.map(({ kakaoId }) => [kakaoId, null]));
  for (const kakaoId of kakaoIds) {
    const before = moved.get(keyOf(kakaoId));
    // Who moved in and is not here any more has deleted the account.
    if (before) found.set(kakaoId, before.isPretended ? before.newId : null);
  }
  for (const { id, kakaoId } of users) found.set(kakaoId, id);
  return found;
}

/** One statement that PostgreSQL knows, whatever the number of rows. */
async function insert(tx: Transaction, users: readonly NewUser[]): Promise<void> {
  const column = <T>(of: (user: NewUser) => T) => users.map(of);
  await tx.$executeRaw`
    INSERT INTO "User" (id, "kakaoId", name, "profileImageUrl", "createdAt", "updatedAt")
    SELECT u.id, u.kakao, u.name, u.picture, u.at, u.at
    FROM unnest(${column((u) => u.id)}::uuid[], ${column((u) => u.kakaoId)}::text[], ${column((u) => u.name)}::text[],
      ${column((u) => u.profileImageUrl)}::text[], ${column((u) => u.createdAt)}::timestamptz[]) AS u(id, kakao, name, picture, at)`;
}

/** Makes them ADMIN, but for those of whom an admin here has decided otherwise. */
async function appoint(tx: Transaction, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const appointed = await tx.user.updateManyAndReturn({
    where: { id: { in: ids }, role: 'USER', roleSetAt: null },
    data: { role: 'ADMIN' },
    select: { id: true },
  });
  await auditEach(
    tx,
    null,
    'user.role',
    appointed.map(({ id }) => ({ type: 'User', id })),
    {
      to: 'ADMIN',
      by: 'import',
    },
  );
}
