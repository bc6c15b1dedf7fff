import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Finding } from '../../src/bin/doctor/check';
import { startPublicDataStandin } from '../../src/dev/standins/public-data/public-data-standin';
import { startSearchStandin } from '../../src/dev/standins/search/search-standin';
import { startTestApp, type TestApp } from '../helpers/app';
import { koreanDay } from '../../src/domain/reading/korean-calendar';
import { startModelServer, type ModelServer } from '../helpers/model-server';
import { startRedis, testedEngines } from '../helpers/redis';

const ROOT = path.resolve(__dirname, '../..');
const run = promisify(execFile);

interface Report {
  code: number;
  output: string;
  /** By name of the check. */
  status: Record<string, Finding['status']>;
}

describe('npm run doctor', () => {
  let app: TestApp;
  let model: ModelServer;

  beforeAll(async () => {
    app = await startTestApp();
    model = await startModelServer();
  });
  afterAll(async () => {
    await model.close();
    await app.close();
  });

  const settings = () => ({
    NODE_ENV: 'development',
    DATABASE_URL: app.config.databaseUrl,
    JWT_PRIVATE_KEYS: app.config.session.signingKeys.join('\n'),
    KAKAO_REST_API_KEY: app.config.kakao.restApiKey,
    KAKAO_ADMIN_KEY: app.config.kakao.adminKey!,
    KAKAO_APP_ID: String(app.config.kakao.appId),
    KAKAO_AUTH_URL: app.standin.url,
    KAKAO_API_URL: app.standin.url,
    OPENAI_API_KEY: model.apiKey,
    OPENAI_BASE_URL: model.url,
    OPENAI_MODEL: 'test-model',
  });

  async function examine(environment: Record<string, string>): Promise<Report> {
    const args = ['--require', './scripts/register-swc.cjs', 'src/bin/doctor.ts', '--json'];
    const options = { cwd: ROOT, env: { PATH: process.env.PATH, ...environment } };
    const { stdout: output, code } = await run(process.execPath, args, options)
      .then((result) => ({ ...result, code: 0 }))
      .catch((error: { stdout: string; code: number }) => error);
    const { findings } = JSON.parse(output) as { findings: Finding[] };
    return { code, output, status: Object.fromEntries(findings.map(({ name, status }) => [name, status])) };
  }

  it('finds nothing wrong with a deployment that works', async () => {
    const { code, status } = await examine(settings());
    expect(status).toEqual({
      settings: 'ok',
      database: 'ok',
      'database: Korean text': 'ok',
      'database: migrations': 'ok',
      'database: clock': 'ok',
      'scheduled tasks': 'ok',
      feeds: 'ok',
      'paused queues': 'ok',
      // Nobody knows what the model of the test costs.
      spending: 'warn',
      queue: 'ok',
      'signing keys': 'ok',
      Kakao: 'ok',
      'language model': expect.stringMatching(/ok|warn/),
      'web search': 'ok',
      'public data': 'ok',
      'persisted documents': 'ok',
    });
    expect(code).toBe(0);
  });

  it('asks the searches that there are keys for', async () => {
    const keys = { apiKey: 'AIza-canary', engineId: 'a1b2c3' };
    const naver = { clientId: 'naver-client-id', clientSecret: 'naver-canary' };
    const standin = await startSearchStandin({ google: keys, naver });
    try {
      const searching = (googleKey: string) =>
        examine({
          ...settings(),
          GOOGLE_SEARCH_API_KEY: googleKey,
          GOOGLE_SEARCH_ENGINE_ID: keys.engineId,
          GOOGLE_SEARCH_URL: standin.urls.google,
          NAVER_CLIENT_ID: naver.clientId,
          NAVER_CLIENT_SECRET: naver.clientSecret,
          NAVER_SEARCH_URL: standin.urls.hub,
        });
      expect((await searching(keys.apiKey)).status['web search']).toBe('ok');
      const { status, output } = await searching('wrong-canary-key');
      expect(status['web search']).toBe('fail');
      expect(output).toContain('Google SEARCH_REFUSED (HTTP 400)');
      expect(output).not.toMatch(/canary/);
    } finally {
      await standin.close();
    }
  });

  it('asks for a row of each data set when there is a key', async () => {
    const standin = await startPublicDataStandin({ key: 'data-canary-key' });
    try {
      const asking = (key: string) =>
        examine({
          ...settings(),
          PUBLIC_DATA_SERVICE_KEY: key,
          DATA_GO_KR_URL: standin.url,
          ODCLOUD_URL: standin.url,
        });
      expect((await asking('data-canary-key')).status['public data']).toBe('ok');
      const { code, status, output } = await asking('wrong-canary-key');
      expect([code, status['public data']]).toEqual([0, 'warn']);
      expect(output).toContain('jinju-covid19 DATASET_KEY_REFUSED (HTTP 401, -4)');
      expect(output).not.toMatch(/canary/);
    } finally {
      await standin.close();
    }
  });

  it('warns of a task by the clock that no worker runs', async () => {
    const { prisma } = app.context.database;
    const task = { name: 'retention', nextRunAt: new Date(Date.now() - 20 * 60_000) };
    await prisma.scheduledTask.create({ data: task });
    const { code, status, output } = await examine(settings());
    expect([code, status['scheduled tasks']]).toEqual([0, 'warn']);
    expect(output).toContain('retention. Does a worker run?');
    await prisma.scheduledTask.deleteMany();
  });

  it('tells what models have cost today, of which budget, and how many jobs wait for tomorrow’s', async () => {
    const { prisma } = app.context.database;
    const day = new Date(`${koreanDay(new Date())}T00:00:00Z`);
    await prisma.spendingDay.create({ data: { day, spentUsd: 1.5, reservedUsd: 0.25 } });
    const prices = {
      OPENAI_USD_PER_MILLION_INPUT_TOKENS: '0',
      OPENAI_USD_PER_MILLION_OUTPUT_TOKENS: '0',
    };
    const fine = await examine({ ...settings(), ...prices, DAILY_BUDGET_USD: '2' });
    expect(fine.status.spending).toBe('ok');
    expect(fine.output).toContain(
      '$1.50 today in Seoul, $0.25 held by calls that have not ended; of a budget of $2.00',
    );
    await prisma.generationJob.create({ data: { kind: 'ARTICLE', input: {}, errorCode: 'BUDGET_EXCEEDED' } });
    const waiting = await examine({ ...settings(), ...prices, DAILY_BUDGET_USD: '2' });
    expect([waiting.code, waiting.status.spending]).toEqual([0, 'warn']);
    expect(waiting.output).toContain('1 jobs wait for midnight');
    await prisma.generationJob.deleteMany();
    await prisma.spendingDay.deleteMany();
    const dear = await examine({ ...settings(), OPENAI_MODEL: 'gpt-4', DAILY_BUDGET_USD: '0.1' });
    expect([dear.code, dear.status.spending]).toEqual([expect.any(Number), 'warn']);
    expect(dear.output).toContain('one article may cost $1.59');
  });

  it('looks at the fallback of the language model, too', async () => {
    const fallback = { FALLBACK_OPENAI_API_KEY: 'wrong-canary-key', FALLBACK_OPENAI_BASE_URL: model.url };
    const { status, output } = await examine({ ...settings(), ...fallback });
    expect(status).toMatchObject({ 'language model': 'ok', 'fallback model': 'fail' });
    expect(output).not.toMatch(/canary/);
  });

  it('warns of a queue that is paused', async () => {
    const { prisma } = app.context.database;
    await prisma.queueState.create({ data: { name: 'bulk', paused: true } });
    const { code, status, output } = await examine(settings());
    expect([code, status['paused queues']]).toEqual([0, 'warn']);
    expect(output).toMatch(/no job of these begins: bulk \(since \d{4}-/);
    await prisma.queueState.deleteMany();
  });

  it('warns of a feed that could not be read for days', async () => {
    const { prisma } = app.context.database;
    const feedUrl = 'https://www.mk.co.kr/rss/1';
    const failing = {
      url: feedUrl,
      failingSince: new Date(Date.now() - 73 * 3_600_000),
      errorCode: 'PAGE_REFUSED',
    };
    await prisma.publisher.create({ data: { name: '멈춘 신문', feedUrl, feed: { create: failing } } });
    const { code, status, output } = await examine(settings());
    expect([code, status.feeds]).toEqual([0, 'warn']);
    expect(output).toContain('멈춘 신문 (PAGE_REFUSED)');
    await prisma.publisher.deleteMany();
  });

  it('names what is away, without a secret, and fails', async () => {
    const away = 'postgresql://gyeongdan:pa55-canary@127.0.0.1:1/gyeongdan';
    const { code, status, output } = await examine({
      ...settings(),
      DATABASE_URL: away,
      KAKAO_AUTH_URL: 'http://127.0.0.1:1',
      OPENAI_API_KEY: 'wrong-canary-key',
    });
    expect(code).toBe(1);
    expect(status).toMatchObject({
      database: 'fail',
      queue: 'fail',
      Kakao: 'fail',
      'language model': 'fail',
    });
    expect(output).not.toMatch(/canary/);
    expect(output).toContain('ECONNREFUSED');
  });

  it('sees a database that is not migrated, or that cannot read Korean', async () => {
    const name = `doctor_${process.pid}`;
    const admin = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL! });
    await admin.connect();
    try {
      await admin.query(
        `CREATE DATABASE ${name} TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C' LC_CTYPE 'C' LC_COLLATE 'C'`,
      );
      const url = new URL(process.env.TEST_POSTGRES_URL!);
      url.pathname = `/${name}`;
      const { status } = await examine({ ...settings(), DATABASE_URL: url.href });
      expect(status).toMatchObject({
        database: 'ok',
        'database: Korean text': 'fail',
        'database: migrations': 'fail',
      });
    } finally {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.end();
    }
  });

  (testedEngines().includes('Redis') ? it : it.skip)('looks at a Redis that serves the queue', async () => {
    const redis = await startRedis();
    try {
      const { status, output } = await examine({ ...settings(), QUEUE_URL: redis.url });
      expect(status.queue).toBe('ok');
      expect(output).toMatch(/Redis \d/);
    } finally {
      await redis.close();
    }
  });

  it('says in words what is wrong with a Redis that is away or wants another password', async () => {
    const away = await examine({ ...settings(), QUEUE_URL: 'redis://127.0.0.1:1' });
    expect(away.output).toContain('nobody listens there (ECONNREFUSED)');
    if (!testedEngines().includes('Redis')) return;
    const redis = await startRedis();
    try {
      const wrong = await examine({
        ...settings(),
        QUEUE_URL: redis.url.replace('//', '//someone:pa55-canary@'),
      });
      expect(wrong.output).toContain('user name or password is wrong (WRONGPASS)');
      expect(wrong.output).not.toContain('canary');
    } finally {
      await redis.close();
    }
  });

  it('looks at the npm start of the folder, on a database of its own, and at Kakao where that has it', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-doctor-'));
    const files = {
      'dev.pid': String(process.pid),
      'dev.kakao': app.standin.url,
      'jwt-private-key.pem': app.config.session.signingKeys[0]!,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    try {
      const environment = { DATABASE_URL: app.config.databaseUrl, DATA_DIR: folder };
      const { code, output, status } = await examine(environment);
      expect([code, status.settings, status.Kakao]).toEqual([0, 'ok', 'ok']);
      expect(output).toMatch(/those of the npm start .* is not seen/);
      rmSync(path.join(folder, 'dev.pid'));
      expect((await examine(environment)).output).toContain('KAKAO_REST_API_KEY is missing');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('tells the faults of the settings, or that there is nothing to look at', async () => {
    const production = await examine({ NODE_ENV: 'production', DATABASE_URL: app.config.databaseUrl });
    expect(production.code).toBe(1);
    expect(production.output).toContain('KAKAO_ADMIN_KEY is missing');
    const empty = mkdtempSync(path.join(tmpdir(), 'gyeongdan-doctor-'));
    try {
      const { code, output } = await examine({ DATA_DIR: empty });
      expect(code).toBe(1);
      expect(output).toContain('no npm start runs in this folder');
    } finally {
      rmSync(empty, { recursive: true });
    }
  });
});
