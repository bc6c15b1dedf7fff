import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import terms from '../../prisma/seed/economic-terms.json';
import seeds from '../../prisma/seed/articles.json';
import { openDatabase, type Database } from '../../src/adapters/database/database';
import { migrateDatabase } from '../../src/adapters/database/migrations';
import { startEmbeddedPostgres } from '../../src/dev/embedded-postgres/embedded-postgres';
import { ArticleFinder } from '../../src/domain/article/article-finder';
import { CARDS } from '../../src/domain/article/article-row';
import { Glossary } from '../../src/domain/glossary/glossary';
import { keyOf } from '../../src/domain/korean/words';
import { systemClock } from '../../src/domain/shared/clock';
import { createLogger } from '../../src/logger';
import { report } from '../report';
import articles from './articles.json';
import tuned from './queries.json';

/** What somebody types, and what is right. */
interface Query {
  kind: string;
  search: string;
  /** All of them are among the first three, or as many as these are. Nothing: nothing is found, or what is does not matter. */
  finds: string[];
  /** None of them is found at all. */
  not?: string[];
  suggests?: string;
}

const FROZEN = path.join(__dirname, 'frozen-queries.json');
/** Written before anything was tuned, and left alone since. */
const FROZEN_SHA256 = 'a47e7839a0f3567d67730e3fbf5268c4241822d771796a967d27f55262baa363';
const FIRST = 3;
const PAGE = 50;

/** `npm run search:evaluate`: how often readers find what they look for, over articles and queries of our own. */
async function evaluateSearch(): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-search-'));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder, settings: { fsync: 'off' } });
  try {
    await postgres.ensureDatabase('search');
    await migrateDatabase(postgres.url('search'));
    const logger = createLogger({ level: 'silent', pretty: false });
    const database = openDatabase({ url: postgres.url('search'), connections: 4, logger });
    try {
      return await measure(database);
    } finally {
      await database.close();
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(database: Database): Promise<boolean> {
  const nameOf = await fill(database);
  const finder = new ArticleFinder({
    ...database,
    glossary: new Glossary({ ...database, clock: systemClock }),
  });
  const isRight = async (query: Query, isTold: boolean) => {
    const asker = { address: '127.0.0.1', signal: new AbortController().signal };
    const { hits, suggestion } = await finder.find(asker, CARDS, {
      filter: {},
      search: query.search,
      limit: PAGE,
    });
    const found = hits.map(({ article }) => nameOf.get(article.id) ?? article.title);
    const right = isAnswer(query, found, suggestion);
    if (!right && isTold && process.env.VERBOSE)
      console.log(JSON.stringify(query), '→', found.slice(0, 6).join(', '), suggestion ?? '');
    return right;
  };
  const frozenText = readFileSync(FROZEN, 'utf8');
  if (createHash('sha256').update(frozenText).digest('hex') !== FROZEN_SHA256)
    throw new Error('the frozen queries were changed');
  const own = await shareRight(tuned as Query[], (query) => isRight(query, true));
  const frozen = await shareRight(JSON.parse(frozenText) as Query[], (query) => isRight(query, false));
  return report(
    `Readers' searches over ${nameOf.size + seeds.length} articles`,
    [`tuned: ${own.byKind}`, `frozen: ${frozen.byKind}`],
    [
      { name: `right of ${tuned.length} queries`, value: own.share, atLeast: 0.9 },
      { name: `right of ${frozen.count} that were set aside`, value: frozen.share, atLeast: 0.9 },
    ],
  );
}

function isAnswer(
  { finds, not = [], suggests }: Query,
  found: readonly string[],
  suggestion: string | null,
): boolean {
  const first = found.slice(0, Math.max(FIRST, finds.length));
  if (suggests !== undefined && suggestion !== suggests) return false;
  if (finds.length + not.length === 0 && suggests === undefined) return found.length === 0;
  return finds.every((name) => first.includes(name)) && !not.some((name) => found.includes(name));
}

async function shareRight(queries: readonly Query[], isRight: (query: Query) => Promise<boolean>) {
  const kinds = new Map<string, { right: number; count: number }>();
  for (const query of queries) {
    const kind = kinds.get(query.kind) ?? { right: 0, count: 0 };
    kinds.set(query.kind, kind);
    kind.count += 1;
    if (await isRight(query)) kind.right += 1;
  }
  const right = [...kinds.values()].reduce((sum, kind) => sum + kind.right, 0);
  const byKind = [...kinds].map(([name, kind]) => `${name} ${kind.right} of ${kind.count}`).join(', ');
  return { share: right / queries.length, count: queries.length, byKind };
}

/** Articles, those others begin with among them, and the glossary; returns our own by id. */
async function fill({ prisma }: Database): Promise<Map<string, string>> {
  const { id: publisherId } = await prisma.publisher.create({ data: { name: '벤치 신문' } });
  await prisma.economicTerm.createMany({
    data: terms.map(({ term, description, aliases }) => ({
      term,
      termKey: keyOf(term),
      description,
      aliases,
    })),
  });
  const told = [
    ...seeds.map(({ title, content, comment }) => ({ name: null, title, content, comment })),
    ...Object.entries(articles).map(([name, [title, content, comment]]) => ({ name, title: title!, content: content!, comment: comment ?? null })),
  ]; // prettier-ignore
  const names = new Map<string, string>();
  for (const [n, { name, ...text }] of told.entries()) {
    const at = new Date(Date.UTC(2026, 0, 1) + n * 3_600_000);
    const data = {
      ...text,
      publisherId,
      category: 'ECONOMY_AND_BUSINESS',
      publishedAt: at,
      releasedAt: at,
      status: 'PUBLISHED',
    } as const;
    const { id } = await prisma.article.create({ data: { ...data, phrases: [] } });
    if (name !== null) names.set(id, name);
  }
  return names;
}

evaluateSearch().then(
  (reached) => {
    process.exitCode = reached ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
