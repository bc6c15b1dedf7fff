import type { Transaction } from '../../../adapters/database/database';
import { koreanDay } from '../../reading/korean-calendar';
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
import { pastTimeOf, RowNotes } from '../old-text';

const COLUMNS = { articleId: 'text', userId: 'text', viewedAt: 'time' } as const;

/** What all rows of a reader and an article say together. */
interface View {
  readerId: string;
  articleId: string;
  first: Date;
  last: Date;
}

/**
 * Who read what: one view for each reader and article, however often it was opened. Every row counts as a view of its day; one
 * without a reader for nothing else.
 */
export const historyStep: ImportStep<typeof COLUMNS> = {
  name: 'history',
  table: 'article_view_history',
  columns: COLUMNS,
  batchRows: 5_000,
  retention: { column: 'viewedAt', setting: 'views' },
  begin: async (run, table) => {
    const articleTables = referredTables(run, table, 'articles');
    const userTables = referredTables(run, table, 'users');
    return async (rows) => {
      const articles = await present(
        run,
        'Article',
        await run.ledger.resolve(
          articleTables,
          rows.map(({ articleId }) => articleId),
        ),
      );
      const users = await present(
        run,
        'User',
        await run.ledger.resolve(
          userTables,
          rows.map(({ userId }) => userId),
        ),
      );
      const pairs = rows.flatMap(({ articleId, userId }) => {
        const [article, user] = [articles.get(articleId ?? ''), users.get(userId ?? '')];
        return article && user ? [pairOf(user, article)] : [];
      });
      const there = await viewed(run, [...new Set(pairs)]);
      const views = new Map<string, View>();
      const days = new Map<string, number>();
      const outcomes = rows.map(({ articleId, userId, viewedAt }): Outcome => {
        const article = articles.get(articleId ?? '');
        if (article === undefined) return reported('ARTICLE_NOT_MOVED');
        const user = userId === null ? null : users.get(userId);
        if (user === undefined) return reported('READER_NOT_MOVED');
        const notes = new RowNotes();
        const at = pastTimeOf(viewedAt, run.now, notes);
        if (at === null) return reported('NO_DATE');
        const day = `${koreanDay(at)} ${article}`;
        days.set(day, (days.get(day) ?? 0) + 1);
        if (user === null) return moved(null, undefined, notes.list());
        const pair = pairOf(user, article);
        add(views, pair, { readerId: user, articleId: article, first: at, last: at });
        if (there.has(pair)) return merged(null, ...notes.list());
        there.add(pair);
        // Where views are written, their own table tells which there are.
        return moved(null, run.dryRun ? keyOf(pair) : undefined, notes.list());
      });
      return {
        outcomes,
        write: async (tx) => {
          await saveViews(tx, [...views.values()]);
          await saveDays(tx, days);
        },
      };
    };
  },
};

const pairOf = (userId: string, articleId: string) => `${userId} ${articleId}`;
const keyOf = (pair: string) => ledgerKey('view', pair);

/** Of old ids those that stand for something which is still here. */
async function present(
  { prisma }: ImportRun,
  table: 'Article' | 'User',
  references: ReadonlyMap<string, Reference>,
): Promise<Map<string, string>> {
  const ids = [...references.values()].map(({ newId }) => newId);
  const rows =
    table === 'User'
      ? await prisma.$queryRaw<{ id: string }[]>`SELECT id::text FROM "User" WHERE id = ANY(${ids}::uuid[])`
      : await prisma.$queryRaw<
          { id: string }[]
        >`SELECT id::text FROM "Article" WHERE id = ANY(${ids}::uuid[])`;
  const here = new Set(rows.map(({ id }) => id));
  return new Map(
    [...references]
      .filter(([, { newId, isPretended }]) => isPretended || here.has(newId))
      .map(([oldId, { newId }]) => [oldId, newId]),
  );
}

/** Those of the pairs that have a view. */
async function viewed({ prisma, ledger, dryRun }: ImportRun, pairs: readonly string[]): Promise<Set<string>> {
  const halves = pairs.map((pair) => pair.split(' ') as [string, string]);
  const rows = await prisma.$queryRaw<{ pair: string }[]>`
    SELECT v."readerId" || ' ' || v."articleId" AS pair
    FROM unnest(${halves.map(([user]) => user)}::uuid[], ${halves.map(([, article]) => article)}::uuid[]) AS p(reader, article)
      JOIN "ArticleView" v ON v."readerId" = p.reader AND v."articleId" = p.article`;
  const found = new Set(rows.map(({ pair }) => pair));
  if (!dryRun) return found;
  const pretended = await ledger.knownKeys(pairs.map(keyOf));
  for (const pair of pairs) if (pretended.has(keyOf(pair))) found.add(pair);
  return found;
}

function add(views: Map<string, View>, pair: string, view: View): void {
  const known = views.get(pair);
  if (!known) views.set(pair, view);
  else {
    if (view.first < known.first) known.first = view.first;
    if (view.last > known.last) known.last = view.last;
  }
}

async function saveViews(tx: Transaction, views: readonly View[]): Promise<void> {
  const column = <T>(of: (view: View) => T) => views.map(of);
  await tx.$executeRaw`
    INSERT INTO "ArticleView" AS v
      ("readerId", "articleId", "userId", "dwellSeconds", "firstViewedAt", "lastViewedAt", "countedAt")
    SELECT t.reader, t.article, t.reader, 0, t.first, t.last, t.last
    FROM unnest(${column((v) => v.readerId)}::uuid[], ${column((v) => v.articleId)}::uuid[],
      ${column((v) => v.first)}::timestamptz[], ${column((v) => v.last)}::timestamptz[]) AS t(reader, article, first, last)
    ORDER BY t.article, t.reader
    ON CONFLICT ("readerId", "articleId") DO UPDATE SET
      "firstViewedAt" = least(v."firstViewedAt", excluded."firstViewedAt"),
      "lastViewedAt" = greatest(v."lastViewedAt", excluded."lastViewedAt"),
      "countedAt" = greatest(v."countedAt", excluded."countedAt")`;
}

/** Views of each day: what is popular this week goes on to be. */
async function saveDays(tx: Transaction, days: ReadonlyMap<string, number>): Promise<void> {
  const keys = [...days.keys()].map((key) => key.split(' ') as [string, string]);
  await tx.$executeRaw`
    INSERT INTO "ArticleDayViews" AS d (day, "articleId", views)
    SELECT t.day, t.article, t.views
    FROM unnest(${keys.map(([day]) => day)}::date[], ${keys.map(([, article]) => article)}::uuid[],
      ${[...days.values()]}::int[]) AS t(day, article, views)
    ORDER BY t.article, t.day
    ON CONFLICT (day, "articleId") DO UPDATE SET views = d.views + excluded.views`;
}
