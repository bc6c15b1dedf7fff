import { openDatabase, type Database } from '../../src/adapters/database/database';
import { watchCollection } from '../../src/dev/collection-watch';
import { Prisma, type GenerationJob } from '../../src/generated/prisma/client';
import { createLogger } from '../../src/logger';
import { createArticle, createPublisher } from '../helpers/records';
import { createTestDatabase, type TestDatabase } from '../helpers/test-database';
import { waitUntil } from '../helpers/wait-until';

/** Moves to the begin of the terminal's line and clears it. */
const CLEARED = '\r\u001b[2K';

describe('What npm start says of a collection', () => {
  let own: TestDatabase;
  let database: Database;
  let made = 0;
  let stop = () => {};

  beforeAll(async () => {
    own = await createTestDatabase();
    const logger = createLogger({ level: 'silent', pretty: false });
    database = openDatabase({ url: own.url, connections: 3, logger });
  });
  afterEach(async () => {
    stop();
    await database.prisma.generationJob.deleteMany();
  });
  afterAll(async () => {
    await database.close();
    await own.drop();
  });

  /** Watches as npm start does; resolves when the first look has been taken. */
  async function watch(terminal: { isTTY: boolean; columns?: number }, prisma = database.prisma) {
    let text = '';
    let looks = 0;
    const write = (piece: string) => ((text += piece), true);
    const counted = prisma.$extends({
      query: {
        generationJob: {
          findFirst: ({ args, query }) => query(args).finally(() => (looks += 1)),
        },
      },
    }) as unknown as typeof prisma;
    stop = watchCollection({ prisma: counted, terminal: { ...terminal, write }, lookMs: 5 });
    const looked = async () => {
      const before = looks;
      // The one that is under way may have begun before.
      await waitUntil('it has looked', () => looks > before + 1);
    };
    await looked();
    return { text: () => text, looked };
  }

  function collected(data: Partial<Prisma.GenerationJobUncheckedCreateInput> = {}): Promise<GenerationJob> {
    const url = `https://news.example.com/${++made}`;
    const input = { task: 'collect', url, publishedAt: null };
    return database.prisma.generationJob.create({
      data: { kind: 'ARTICLE', sourceUrl: url, subject: url, input, ...data },
    });
  }

  /** As a worker changes a row: with the database's time. */
  async function change(id: string, set: Prisma.Sql): Promise<void> {
    await database.prisma.$executeRaw`
      UPDATE "GenerationJob" SET ${set}, "updatedAt" = now() WHERE id = ${id}::uuid`;
  }
  const running = (step: string, percent: number) =>
    Prisma.sql`status = 'RUNNING', step = ${step}, progress = ${percent}`;
  const FAILED = Prisma.sql`status = 'FAILED', "errorCode" = 'PAGE_NOT_FOUND', "finishedAt" = now()`;
  const CANCELED = Prisma.sql`status = 'CANCELED', "finishedAt" = now()`;
  const SUCCEEDED = Prisma.sql`status = 'SUCCEEDED', "finishedAt" = now()`;

  async function writtenAs(status: 'IN_REVIEW' | 'PUBLISHED', title: string) {
    const { id: publisherId } = await createPublisher(database.prisma);
    const article = await createArticle(database.prisma, { publisherId, status, title });
    const done = Prisma.sql`${SUCCEEDED}, "articleId" = ${article.id}::uuid`;
    return { article, done };
  }

  it('is one line that is written over while a job goes on, and a lasting one at its end', async () => {
    const { text, looked } = await watch({ isTTY: true, columns: 120 });
    expect(text()).toBe('');
    const { id, sourceUrl } = await collected();
    await looked();
    expect(text()).toBe(`  Article    waits  ${sourceUrl}`);
    await change(id, running('rewriting', 40));
    await looked();
    const before = `  Article    waits  ${sourceUrl}${CLEARED}  Article    rewriting 40 %  ${sourceUrl}`;
    expect(text()).toBe(before);
    await looked();
    expect(text()).toBe(before);

    const { article, done } = await writtenAs('IN_REVIEW', '물가가 올랐어요');
    await change(id, done);
    await looked();
    expect(text()).toBe(`${before}${CLEARED}  Written    물가가 올랐어요  (in review, ${article.id})\n`);
    await looked();
    expect(text().split('\n')).toHaveLength(2);
  });

  it('names what a collection found new, and what was wrong with a feed', async () => {
    const { text, looked } = await watch({ isTTY: true });
    const { id: jobId } = await collected({ kind: 'COLLECTION', input: {}, sourceUrl: null, subject: null });
    await change(jobId, running('collecting', 33));
    await looked();
    expect(text().split(CLEARED).at(-1)).toBe('  Collecting collecting 33 %  ');

    const reports = {
      가나신문: { new: 3, errorCode: null },
      다라경제: { new: 2, errorCode: 'FEED_INCOMPLETE' },
      마바일보: { new: 0, errorCode: 'PAGE_TIMEOUT' },
      사아타임스: { new: 0, errorCode: null },
    };
    for (const [name, report] of Object.entries(reports)) {
      const { id: publisherId } = await createPublisher(database.prisma, { name });
      await database.prisma.feedReport.create({ data: { jobId, publisherId, ...report } });
    }
    await change(jobId, SUCCEEDED);
    await looked();
    const lines = text().split(CLEARED).at(-1)!.split('\n').sort();
    expect(lines).toEqual([
      '',
      '  Collected  0 new of 마바일보 (PAGE_TIMEOUT)',
      '  Collected  2 new of 다라경제 (FEED_INCOMPLETE)',
      '  Collected  3 new of 가나신문',
    ]);
  });

  it('is only the lasting lines where no terminal reads them', async () => {
    const { text, looked } = await watch({ isTTY: false });
    const [failed, canceled, published] = [await collected(), await collected(), await collected()];
    await looked();
    expect(text()).toBe('');
    await change(failed.id, FAILED);
    await looked();
    await change(canceled.id, CANCELED);
    await looked();
    const { article, done } = await writtenAs('PUBLISHED', '환율이 내렸어요');
    await change(published.id, done);
    await looked();
    expect(text()).toBe(
      `  Failed     ${failed.sourceUrl}  (PAGE_NOT_FOUND)\n  Canceled   ${canceled.sourceUrl}\n` +
        `  Written    환율이 내렸어요  (published, ${article.id})\n`,
    );
  });

  it('tells each end of many that came at once and wait', async () => {
    const { text, looked } = await watch({ isTTY: false });
    const input = (n: number) => ({
      task: 'collect',
      url: `https://many.example.com/${n}`,
      publishedAt: null,
    });
    const rows = Array.from({ length: 500 }, (_, n) => ({ kind: 'ARTICLE' as const, input: input(n) }));
    const many = await database.prisma.generationJob.createManyAndReturn({ data: rows });
    await looked();
    await change(many[250]!.id, FAILED);
    await looked();
    expect(text()).toBe('  Failed     the article  (PAGE_NOT_FOUND)\n');
    await database.prisma.$executeRaw`UPDATE "GenerationJob" SET ${FAILED} WHERE status = 'QUEUED'`;
    await looked();
    expect(text().trimEnd().split('\n')).toHaveLength(500);
  });

  it('tells again of a job that was started over, and of one that ended before another', async () => {
    const { text, looked } = await watch({ isTTY: false });
    const [first, second] = [await collected(), await collected()];
    await change(first.id, FAILED);
    await looked();
    // Its transaction had begun before the other one's.
    await change(second.id, Prisma.sql`status = 'FAILED', "finishedAt" = now() - interval '1 millisecond'`);
    await looked();
    await change(first.id, FAILED);
    await looked();
    const told = text().trimEnd().split('\n');
    expect(told.map((line) => line.split('  ').at(-2)?.trim())).toEqual([
      first.sourceUrl,
      second.sourceUrl,
      first.sourceUrl,
    ]);
  });

  it('does not wrap, and leaves out what somebody asked for and what was over before', async () => {
    const over = await collected();
    await change(over.id, FAILED);
    const { text, looked } = await watch({ isTTY: true, columns: 40 });
    const asked = await collected({ input: { task: 'request', url: 'https://news.example.com/asked' } });
    await change(asked.id, FAILED);
    await looked();
    expect(text()).toBe('');
    await collected({ sourceUrl: `https://news.example.com/${'long'.repeat(50)}` });
    await looked();
    expect(text()).toHaveLength(39);
  });

  it('goes on when the database was away for a moment', async () => {
    let isAway = true;
    const shaky = database.prisma.$extends({
      query: {
        $allModels: {
          findMany: ({ args, query }) =>
            isAway ? ((isAway = false), Promise.reject(new Error('away'))) : query(args),
        },
      },
    }) as unknown as typeof database.prisma;
    const { text, looked } = await watch({ isTTY: false }, shaky);
    const { id } = await collected();
    await change(id, FAILED);
    await looked();
    expect(text()).toContain('Failed');
  });
});
