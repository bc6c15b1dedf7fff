import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../adapters/database/database';
import { nameFrom } from '../../../visible-text';
import { ARTICLE_CATEGORIES, type ArticleCategory } from '../../article/category';
import { ASKED_DAYS_BEFORE, YEARS_OF_CONSENT } from '../../newsletter/consent.service';
import { MAX_NAME } from '../../newsletter/wish';
import { mailAddress, mailboxKey } from '../../shared/mail-address';
import {
  merged,
  moved,
  reported,
  type ImportRun,
  type ImportStep,
  type Outcome,
  type Plan,
} from '../import-step';
import { ledgerKey } from '../ledger';
import { oldCategory } from '../old-category';
import type { OldRow } from '../old-table';
import { decoded, isTrue, pastTimeOf, RowNotes } from '../old-text';

const COLUMNS = {
  name: 'text',
  emailAddress: 'text',
  category: 'text',
  status: 'text',
  createdAt: 'time',
} as const;
const DAY_MS = 86_400_000;
const NAMELESS = '구독자';
/** What had ended is kept for the rows of its address, which come together. */
const MAX_ENDED = 5_000;

interface NewSubscription {
  id: string;
  email: string;
  emailKey: string;
  name: string;
  categories: ArticleCategory[];
  confirmedAt: Date;
  consentedAt: Date;
  createdAt: Date;
}

/** Active subscriptions, as confirmed ones: a row a category there, one an address here. Of an address and category the newest row counts. */
export const subscriptionsStep: ImportStep<typeof COLUMNS> = {
  name: 'subscriptions',
  table: 'subscriptions',
  columns: COLUMNS,
  // An address's rows that have ended come first: what is newer than an active row is known when that is read.
  orderBy: (table) =>
    `lower(btrim(${table.column('emailAddress')}::text)), lower(coalesce(${table.column('status')}::text, '')) IN ('true', 't', '1', 'y', 'yes'), ${table.column('id')}`,
  batchRows: 500,
  begin: async (run) => {
    const ended = new Map<string, number>();
    return (rows) => plan(run, rows, ended);
  },
};

async function plan(
  run: ImportRun,
  rows: OldRow<typeof COLUMNS>[],
  ended: Map<string, number>,
): Promise<Plan> {
  const addresses = rows.map(({ emailAddress }) => mailAddress(decoded(emailAddress ?? '')));
  const there = await present(run, addresses.filter((one) => one !== null).map(mailboxKey));
  const created = new Map<string, NewSubscription>();
  const widened = new Map<string, ArticleCategory[]>();
  const outcomes = rows.map((row, at): Outcome => {
    const address = addresses[at]!;
    if (address === null) return reported('ADDRESS_UNUSABLE');
    const emailKey = mailboxKey(address);
    const category = oldCategory(row.category);
    const shelf = `${emailKey} ${category}`;
    if (!isTrue(row.status)) {
      keepEnded(ended, shelf, timeOf(row));
      return reported('NOT_ACTIVE');
    }
    if (category === null) return reported('CATEGORY_UNKNOWN');
    if ((ended.get(shelf) ?? -1) > timeOf(row)) return reported('NOT_ACTIVE');
    const known = there.get(emailKey);
    if (known === 'unsubscribed') return reported('UNSUBSCRIBED_HERE');
    if (known === 'own') return merged(null, 'KEPT_AS_HERE');
    if (known !== undefined) {
      const categories = created.get(known)?.categories ?? widened.get(known) ?? [];
      if (!created.has(known)) widened.set(known, categories);
      if (!categories.includes(category)) categories.push(category);
      return merged(known);
    }
    const notes = new RowNotes();
    const id = randomUUID();
    there.set(emailKey, id);
    created.set(id, {
      id,
      email: address,
      emailKey,
      name: nameFrom(decoded(row.name ?? ''), MAX_NAME) ?? NAMELESS,
      categories: [category],
      ...consentOf(pastTimeOf(row.createdAt, run.now, notes), run.now, notes),
    });
    return moved(id, keyOf(emailKey), notes.list());
  });
  return { outcomes, write: (tx) => write(tx, [...created.values()], widened) };
}

function keepEnded(ended: Map<string, number>, shelf: string, at: number): void {
  const known = ended.get(shelf);
  if (known === undefined || at > known) ended.set(shelf, at);
  if (ended.size > MAX_ENDED) ended.delete(ended.keys().next().value!);
}

const timeOf = ({ createdAt }: OldRow<typeof COLUMNS>) => Number(createdAt) || 0;
const keyOf = (emailKey: string) => ledgerKey('subscription', emailKey);

/** By mailbox: the id of one that moved in, `own` for one of ours, `unsubscribed` for one that has ended here. */
async function present({ prisma, ledger }: ImportRun, emailKeys: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const before = await ledger.byKeys(emailKeys.map(keyOf));
  const rows = await prisma.newsletterSubscription.findMany({
    where: { emailKey: { in: emailKeys } },
    select: { emailKey: true, email: true },
  });
  for (const emailKey of emailKeys) {
    const imported = before.get(keyOf(emailKey));
    const row = rows.find((one) => one.emailKey === emailKey);
    if (row?.email === '' || (imported && !row && !imported.isPretended)) found.set(emailKey, 'unsubscribed');
    else if (imported) found.set(emailKey, imported.newId);
    else if (row) found.set(emailKey, 'own');
  }
  return found;
}

/** A consent counts for two years; one that has ended, or will before it is asked for again, is asked for at once. */
function consentOf(at: Date | null, now: Date, notes: RowNotes) {
  const earliest = new Date(now);
  earliest.setUTCFullYear(earliest.getUTCFullYear() - YEARS_OF_CONSENT);
  earliest.setTime(earliest.getTime() + ASKED_DAYS_BEFORE * DAY_MS);
  const isOld = at === null || at < earliest;
  if (isOld) notes.add('CONSENT_IS_OLD');
  return { confirmedAt: at ?? now, consentedAt: isOld ? earliest : at, createdAt: at ?? now };
}

async function write(
  tx: Transaction,
  created: NewSubscription[],
  widened: ReadonlyMap<string, ArticleCategory[]>,
): Promise<void> {
  const inOrder = (given: readonly ArticleCategory[]) =>
    ARTICLE_CATEGORIES.filter((one) => given.includes(one));
  await tx.newsletterSubscription.createMany({
    data: created.map((one) => ({ ...one, categories: inOrder(one.categories) })),
  });
  for (const [id, categories] of widened)
    await tx.$executeRaw`
      UPDATE "NewsletterSubscription" SET categories =
        ARRAY(SELECT c FROM unnest(categories || ${categories}::"ArticleCategory"[]) AS c GROUP BY c ORDER BY c)
      WHERE id = ${id}::uuid AND email <> ''`;
}
