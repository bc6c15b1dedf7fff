import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../adapters/database/database';
import { pageKeyOf } from '../../../adapters/crawler/canonical-url';
import type { Prisma } from '../../../generated/prisma/client';
import { fidelityOf, stored } from '../../article/fidelity/article-fidelity';
import type { FidelityReport } from '../../article/fidelity/check-fidelity';
import { merged, moved, reported, type ImportRun, type ImportStep, type Outcome } from '../import-step';
import { ledgerKey } from '../ledger';
import { countOf } from '../old-text';
import { articleOf, ARTICLE_COLUMNS, type MovedArticle } from './article-row';
import { publisherIdOf } from './publishers';

/** Which row of a page is kept: one that readers see, then one that was rewritten, then the older one. */
const BEST_FIRST = (column: (name: string) => string) => {
  const rewritten = `coalesce(btrim(${column('simpleContent')}::text), '') <> ''`;
  const valid = `coalesce(${column('isValid')}::text, '') IN ('true', 't', '1')`;
  return `(${valid} AND ${rewritten}) DESC, (${rewritten}) DESC, ${column('id')}`;
};
/** Of the same page: with or without these, with http or https. */
const HOST_VARIANTS = ['', 'www.', 'm.', 'amp.'];

/** Articles with their originals; those of one page become one. What is here already is left as it is. */
export const articlesStep: ImportStep<typeof ARTICLE_COLUMNS> = {
  name: 'articles',
  table: 'articles',
  columns: ARTICLE_COLUMNS,
  orderBy: (table) => BEST_FIRST((name) => table.column(name)),
  batchRows: 100,
  retention: { column: 'createdAt', setting: 'originals' },
  begin: async (run) => async (rows) => {
    const read = rows.map((row) => articleOf(row, run));
    const pages = read.flatMap((article) => article?.page ?? []);
    const there = await present(run, pages);
    const created = new Map<string, MovedArticle>();
    const views = new Map<string, number>();
    const outcomes = read.map((article, at): Outcome => {
      if (!article) return reported('NO_TEXT');
      const known = article.page === null ? undefined : there.get(article.page);
      const id = known ?? randomUUID();
      if (known !== undefined) {
        views.set(id, (views.get(id) ?? 0) + countOf(rows[at]!.viewCount));
        return merged(id, 'DUPLICATE_URL');
      }
      created.set(id, article);
      if (article.page === null) return moved(id, undefined, article.notes.list());
      there.set(article.page, id);
      return moved(id, keyOf(article.page), article.notes.list());
    });
    const checked = new Map<string, FidelityReport>();
    return {
      outcomes,
      prepare: async () => {
        const explainer = await run.explainer();
        for (const [id, article] of created) {
          const { text, original, rest } = article;
          if (original && rest.isRewritten)
            checked.set(id, fidelityOf(text, { ...original, publishedAt: rest.publishedAt }, explainer));
        }
      },
      write: async (tx) => {
        await writeArticles(tx, created, checked);
        await addViews(tx, views);
      },
    };
  },
};

const keyOf = (page: string) => ledgerKey('article', page);

/** By the key of its page each article that is here, whoever brought it. */
async function present(
  { prisma, ledger }: ImportRun,
  pages: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const before = await ledger.byKeys(pages.map(keyOf));
  for (const page of pages) {
    const known = before.get(keyOf(page));
    if (known) found.set(page, known.newId);
  }
  const articles = await prisma.article.findMany({
    where: { sourceUrl: { in: pages.flatMap(addressesOf) } },
    select: { id: true, sourceUrl: true },
  });
  for (const { id, sourceUrl } of articles) found.set(pageKeyOf(sourceUrl!), id);
  return found;
}

/** Addresses that a page may stand here under. */
function addressesOf(page: string): string[] {
  const [path = '', query] = page.split(/(?=\?)/, 2);
  const ends = path.includes('/') ? ['', '/'] : ['/'];
  return ['https://', 'http://'].flatMap((scheme) =>
    HOST_VARIANTS.flatMap((host) => ends.map((end) => scheme + host + path + end + (query ?? ''))),
  );
}

async function writeArticles(
  tx: Transaction,
  articles: ReadonlyMap<string, MovedArticle>,
  checked: ReadonlyMap<string, FidelityReport>,
): Promise<void> {
  const publishers = new Map<string, string>();
  const rows: Prisma.ArticleCreateManyInput[] = [];
  const originals: Prisma.ArticleOriginalCreateManyInput[] = [];
  const revisions: Prisma.ArticleRevisionCreateManyInput[] = [];
  for (const [id, { text, original, publisher, rest }] of articles) {
    const key = JSON.stringify(publisher);
    const publisherId = publishers.get(key) ?? (await publisherIdOf(tx, publisher));
    publishers.set(key, publisherId);
    const fidelity = stored(checked.get(id) ?? null);
    const { isRewritten: _, ...columns } = rest;
    rows.push({ id, publisherId, ...text, ...fidelity, ...columns });
    if (original) originals.push({ articleId: id, ...original });
    revisions.push({ articleId: id, ...text, ...fidelity, createdAt: rest.createdAt });
  }
  await tx.article.createMany({ data: rows });
  await tx.articleOriginal.createMany({ data: originals });
  await tx.articleRevision.createMany({ data: revisions });
}

async function addViews(tx: Transaction, views: ReadonlyMap<string, number>): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Article" a SET "viewCount" = least(a."viewCount" + v.views, 2147483647)
    FROM unnest(${[...views.keys()]}::uuid[], ${[...views.values()]}::bigint[]) AS v(id, views)
    WHERE a.id = v.id AND v.views > 0`;
}
