import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { seedDatabase } from '../../../src/dev/seed';
import { ArticlesDocument } from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';

const GUIDE = readFileSync(path.resolve(__dirname, '../../../docs/operations.md'), 'utf8');
/** The statements of a section, as an operator reads them. */
const statementsOf = (heading: string) =>
  [
    ...GUIDE.split(`\n${heading}\n`)[1]!
      .split('\n## ')[0]!
      .matchAll(/^ *```sql\n([\s\S]*?)^ *```$/gm),
  ].map(([, text]) => text!);
const [EXPAND, FILL, CONTRACT] = statementsOf('## Migrations') as [string, string, string];
const [COMPARE] = statementsOf('### To a point in time') as [string];

/** The gateway is of the release before, which knows `imageUrl` only; `next` stands for a process of the next one. */
describe('docs/operations.md gives Article.imageUrl another name', () => {
  let app: TestApp;
  let next: pg.Client;

  beforeAll(async () => {
    app = await startTestApp({ environment: { DATABASE_CONNECTIONS: '2' } });
    await seedDatabase(app.context.database.prisma, new Date());
    await app.login('admin');
    next = new pg.Client({ connectionString: app.config.databaseUrl });
    await next.connect();
    // More than one batch.
    await next.query(
      `INSERT INTO "Article" (id, title, content, "imageUrl", category, phrases, "publisherId", status, "publishedAt", "updatedAt")
       SELECT gen_random_uuid(), title, content, 'https://pictures.invalid/' || n, category, phrases, "publisherId", 'IN_REVIEW', now(), now()
       FROM generate_series(1, 2500) n, (SELECT * FROM "Article" LIMIT 1) a`,
    );
  });
  afterAll(async () => {
    await next.end();
    await app.close();
  });

  const prisma = () => app.context.database.prisma;
  const read = () => app.send(ArticlesDocument, { first: 5 });
  async function write(imageUrl: string): Promise<string> {
    const { id } = await prisma().article.findFirstOrThrow({ orderBy: { id: 'asc' } });
    await prisma().article.update({ where: { id }, data: { imageUrl } });
    return id;
  }
  async function unequal(): Promise<number> {
    const { rows } = await next.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM "Article" WHERE "pictureUrl" IS DISTINCT FROM "imageUrl"',
    );
    return rows[0]!.count;
  }
  /** Rows that each batch changed. */
  async function fill(): Promise<number[]> {
    const changed: number[] = [];
    do changed.push((await next.query(FILL)).rowCount!);
    while (changed.at(-1)! > 0);
    return changed;
  }

  it('while the release before reads and writes, until its column goes', async () => {
    const before = await read();
    await write('https://pictures.invalid/before');
    await next.query(EXPAND);
    expect((await read()).data!.articles.edges).toHaveLength(before.data!.articles.edges.length);
    const id = await write('https://pictures.invalid/after');
    expect(await unequal()).toBeGreaterThanOrEqual(2_500);

    const batches = await fill();
    expect(batches.length).toBeGreaterThan(3);
    expect(Math.max(...batches)).toBe(1_000);
    expect(await unequal()).toBe(0);

    // The next release writes both; then somebody goes back for a while.
    await next.query('UPDATE "Article" SET "imageUrl" = $2, "pictureUrl" = $2 WHERE id = $1', [
      id,
      'https://pictures.invalid/next',
    ]);
    expect(await unequal()).toBe(0);
    await write('https://pictures.invalid/back');
    expect(await unequal()).toBe(1);
    expect(await fill()).toEqual([1, 0]);

    // What hangs on the column goes first, as the guide says.
    await expect(next.query(CONTRACT)).rejects.toMatchObject({ code: '2BP01' });
    const { rows: triggers } = await next.query<{ name: string }>(
      `SELECT format('%I', tgname) AS name FROM pg_trigger t JOIN pg_attribute a
         ON a.attrelid = t.tgrelid AND a.attnum = ANY(t.tgattr)
       WHERE t.tgrelid = '"Article"'::regclass AND a.attname = 'imageUrl'`,
    );
    for (const { name } of triggers) await next.query(`DROP TRIGGER ${name} ON "Article"`);
    await next.query(CONTRACT);
    await expect(write('https://pictures.invalid/late')).rejects.toThrow();
    const { rows } = await next.query<{ pictureUrl: string }>(
      'SELECT "pictureUrl" FROM "Article" WHERE id = $1',
      [id],
    );
    expect(rows).toEqual([{ pictureUrl: 'https://pictures.invalid/back' }]);
  });

  it('and its look at a database that was restored can be asked', async () => {
    const { rows } = await next.query(COMPARE);
    expect(rows).toEqual([
      { audited: expect.any(Date), asked: null, published: expect.any(String), users: expect.any(String) },
    ]);
  });

  it('and a migration that meets a long transaction fails, instead of stopping every request behind it', async () => {
    const holder = await app.context.database.pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM "Article" LIMIT 1');
      await expect(next.query(EXPAND.replaceAll('pictureUrl', 'another'))).rejects.toMatchObject({
        code: '55P03',
      });
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    await next.query(EXPAND.replaceAll('pictureUrl', 'another'));
  });
});
