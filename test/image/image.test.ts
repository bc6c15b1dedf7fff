import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { NEXT, rehearse } from '../../bench/deploy/rehearsal';
import { haproxyIsInstalled } from '../../bench/haproxy';
import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import { buildChart } from '../../src/domain/insight/build-chart';
import { testSigningKey } from '../helpers/app';
import { childSettings } from '../helpers/child-process';
import { startGenerationApp, type GenerationApp } from '../helpers/generation-app';
import {
  buildah,
  buildImage,
  command,
  openContainer,
  type ImageContainer,
  type ImageProcess,
} from '../helpers/oci-image';
import { testedEngines } from '../helpers/redis';
import { SAMPLE_CHARTS } from '../helpers/sample-charts';
import { waitUntil } from '../helpers/wait-until';

const ROOT = path.resolve(__dirname, '../..');
const IMAGE = 'localhost/gyeongdan-test';
const MAX_MEGABYTES = 150;
const CANARY = 'canary-of-the-build-context';
/** Lie about in a checkout, and must not get into an image. */
const LEFT_LYING = [
  '.env',
  'jwt.pem',
  '.git/config',
  'src/.env.local',
  'src/http/key.pem',
  '.data/postgres-password',
];

/** scripts/oci-image.sh builds it; `npm run test:image` needs root, buildah and crun. */
describe('the image of the Dockerfile', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-image-'));
  const database = `image_${process.pid}`;
  const url = new URL(`/${database}`, process.env.TEST_POSTGRES_URL!).href;
  let container: ImageContainer;
  /** What it was built upon. */
  let base: ImageContainer;

  beforeAll(async () => {
    const context = path.join(folder, 'context');
    checkout(context);
    for (const file of LEFT_LYING) {
      mkdirSync(path.dirname(path.join(context, file)), { recursive: true });
      writeFileSync(path.join(context, file), CANARY);
    }
    const begun = performance.now();
    const nameOfBase = buildImage(IMAGE, context);
    console.log(`built over ${nameOfBase} in ${Math.round((performance.now() - begun) / 1000)} s`);
    container = openContainer(IMAGE);
    base = openContainer(nameOfBase);
    await superuser(`CREATE DATABASE ${database}`);
  }, 600_000);
  afterAll(async () => {
    for (const opened of [container, base]) opened?.remove();
    rmSync(folder, { recursive: true, force: true });
    await superuser(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  }, 60_000);

  async function productionSettings(): Promise<Record<string, string>> {
    return {
      DATABASE_URL: url,
      PUBLIC_URL: 'https://api.gyeongdan.kr',
      KAKAO_REST_API_KEY: '4f1c9a7be02d4d6c8a51',
      KAKAO_CLIENT_SECRET: 'Zk29vQpL7xTn4RbW8sYd',
      KAKAO_ADMIN_KEY: 'b81f6c2d9e0a47f3a5c1',
      KAKAO_APP_ID: '123456',
      JWT_PRIVATE_KEYS: testSigningKey(),
      // Nobody is there: what the exporter loads is loaded all the same.
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      PORT: String(await freePort()),
      WORKER_PORT: String(await freePort()),
      DRAIN_SECONDS: '0',
    };
  }

  it(`is at most ${MAX_MEGABYTES} MB over its base`, () => {
    const bytes = sizeOf(container.root) - sizeOf(base.root);
    console.log(`the image has ${(bytes / 1e6).toFixed(1)} MB over its base`);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(MAX_MEGABYTES * 1e6);
  });

  it('runs as a user who is not root, and is stopped by a signal that the processes know', async () => {
    const { Docker } = JSON.parse(buildah('inspect', '--type', 'image', IMAGE)) as {
      Docker: {
        config: { User: string; StopSignal: string; Cmd: string[]; Healthcheck: { Test: string[] } };
      };
    };
    expect(Docker.config).toMatchObject({
      User: 'node',
      StopSignal: 'SIGTERM',
      Cmd: ['node', '--max-old-space-size=256', 'dist/bin/server.js'],
      Healthcheck: { Test: ['CMD', 'node', 'scripts/health-check.mjs'] },
    });
    expect(await container.outcome(['sh', '-c', 'id -un; echo $NODE_ENV; touch /app/x 2>&1'])).toEqual([
      expect.any(Number),
      expect.stringMatching(/^node\nproduction\ntouch: .*Permission denied/),
    ]);
  });

  it('has no development package, no stand-in, no embedded database and no test in it', () => {
    const app = path.join(container.root, 'app');
    const { packages } = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
    };
    const needless = Object.keys(packages).filter((name) => {
      const { dev, optional, devOptional } = packages[name]!;
      const isNative = name.startsWith('node_modules/@resvg/');
      return (dev || optional || devOptional) && !isNative && existsSync(path.join(app, name));
    });
    expect(needless).toEqual([]);
    const own = filesBelow(app).filter((file) => !file.startsWith('node_modules/'));
    const top = new Set(own.map((file) => file.split(path.sep)[0]!));
    expect([...top].sort()).toEqual(['deploy', 'dist', 'examples', 'package.json', 'prisma', 'scripts']);
    expect(own.filter((file) => /^(deploy|examples)\//.test(file)).sort()).toEqual([
      'deploy/rds-ca.pem',
      'examples/web/persisted-documents.json',
    ]);
    expect(own.filter((file) => /\.test\.|\.git|^dist\/dev|\.map$|\/articles\.json/.test(file))).toEqual([]);
  });

  it('the image contains none of the secrets around it', () => {
    const files = filesBelow(path.join(container.root, 'app')).map((file) =>
      path.join(container.root, 'app', file),
    );
    // Those certificates are public; the next test compares them.
    const authorities = path.join(container.root, 'app/deploy/rds-ca.pem');
    expect(files.filter((file) => /\/\.env|\.pem$/.test(file))).toEqual([authorities]);
    expect(readFileSync(authorities, 'utf8')).not.toContain('PRIVATE KEY');
    for (const file of files) if (readFileSync(file).includes(CANARY)) throw new Error(`${file} is secret`);
  });

  it('has the authorities that sign the certificates of RDS, where DATABASE_URL names them', () => {
    const inImage = readFileSync(path.join(container.root, 'app/deploy/rds-ca.pem'), 'utf8');
    expect(inImage).toBe(readFileSync(path.join(ROOT, 'deploy/rds-ca.pem'), 'utf8'));
  });

  it('stops at once with one message where a setting is missing', async () => {
    for (const program of ['server', 'worker']) {
      const [code, output] = await container.outcome(['node', `dist/bin/${program}.js`]);
      expect(code).toBe(1);
      expect(output.match(/The configuration is not usable/g)).toHaveLength(1);
      expect(output).toContain('DATABASE_URL is missing');
    }
    const [code, output] = await container.outcome(['node', 'dist/bin/admin.js', 'grant', '1']);
    expect([code, output]).toEqual([1, expect.stringContaining('No database: set DATABASE_URL')]);
    const unhealthy = await container.outcome(['node', 'scripts/health-check.mjs'], {
      PORT: '1',
      WORKER_PORT: '1',
    });
    expect(unhealthy[0]).toBe(1);
  });

  it('draws a chart: the modules, the schema, the native code and the font of its thread are there', async () => {
    const { table, choice } = SAMPLE_CHARTS[0]!;
    const script = `
      const thread = new (require('node:worker_threads').Worker)('./dist/adapters/chart/chart.thread.mjs');
      thread.once('message', ({ message, painting }) => {
        console.log(message ?? painting.png.length);
        process.exit();
      });
      thread.postMessage(${JSON.stringify(buildChart(table, choice).spec)});`;
    expect(await container.outcome(['node', '-e', script])).toEqual([
      0,
      expect.stringMatching(/^\d{5,}\s*$/),
    ]);
  }, 60_000);

  it('migrates and fills an empty database; the other commands run, too', async () => {
    const settings = await productionSettings();
    expect(await container.outcome(['npm', 'run', 'migrate'], settings)).toEqual([
      0,
      expect.stringContaining('successfully applied'),
    ]);
    expect(await container.outcome(['npm', 'run', 'seed'], settings)).toEqual([
      0,
      expect.stringMatching(/Added \d+ publishers, \d+ questions and \d+ terms/),
    ]);
    expect(await container.outcome(['npm', 'run', 'admin', '--', 'grant', '77'], settings)).toEqual([
      0,
      expect.stringContaining('will be ADMIN'),
    ]);
    const importing = ['node', 'dist/bin/import.js', '--from', settings.DATABASE_URL!];
    expect(await container.outcome(importing, settings)).toEqual([
      5,
      expect.stringContaining('SAME_DATABASE'),
    ]);
    const [, doctor] = await container.outcome(['npm', 'run', 'doctor'], settings);
    expect(doctor).toMatch(/ok {4}database: migrations/);
    const keys = await container.outcome(['npm', 'run', 'keys', '--', 'create'], {
      JWT_PRIVATE_KEYS_FILE: '/tmp/keys.pem',
    });
    expect(keys).toEqual([0, expect.stringContaining('signs since')]);
  }, 120_000);

  it('runs the worker and the gateway of production', async () => {
    const settings = await productionSettings();
    const health = () => container.outcome(['node', 'scripts/health-check.mjs'], settings);
    const worker = container.run(['node', 'dist/bin/worker.js'], settings);
    await waitUntil('the worker is ready', () => worker.output().includes('worker is ready'), 60_000);
    expect((await health())[0]).toBe(0);
    expect(await worker.stop()).toBe(0);

    const gateway = container.run(['node', 'dist/bin/server.js'], settings);
    await waitUntil('the gateway is ready', () => gateway.output().includes('gateway is ready'), 60_000);
    const address = `http://127.0.0.1:${settings.PORT}`;
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ findTerm(question: "기준금리가 뭐야?") { term } }' }),
    });
    expect(await response.json()).toEqual({ data: { findTerm: { term: expect.stringContaining('금리') } } });
    expect((await health())[0]).toBe(0);
    expect(await gateway.stop()).toBe(0);
  }, 180_000);

  (haproxyIsInstalled() || process.env.CI ? it : it.skip)(
    'is rolled out under traffic without a failed request, and given up where it does not become ready',
    async () => {
      const { rolled, broken } = await rehearse({
        image: IMAGE,
        requestsPerSecond: 20,
        jobsPerSecond: 1,
        sockets: 10,
        patience: { answers: 120, ready: 60 },
        brokenPatience: { answers: 120, ready: 2 },
        onStep: () => {},
      });
      for (const { running, badEnds, traffic } of [rolled, broken]) {
        expect(running).toEqual([NEXT, NEXT, NEXT]);
        expect(badEnds).toEqual([]);
        expect(traffic).toMatchObject({ failures: [], refusals: [], jobsLost: 0, writtenTwice: 0 });
        expect([traffic.socketsComplete, traffic.jobs > 0, traffic.times.length > 0]).toEqual([
          10,
          true,
          true,
        ]);
      }
      expect(rolled.rolledBack).toEqual({ worker: null, gateways: null });
      expect(Math.min(...rolled.traffic.openings)).toBeGreaterThan(1);
      const reason = (program: string) => `a ${program} of the broken release is not ready: 503`;
      expect(broken.rolledBack).toEqual({ worker: reason('worker'), gateways: reason('server') });
      expect(broken.traffic.openings).toEqual(broken.traffic.openings.map(() => 1));
    },
    300_000,
  );

  describe.each(testedEngines())(
    'with the queue on %s, beside a stand-in for Kakao and a publisher',
    (engine) => {
      let neighbours: GenerationApp;
      let gateway: ImageProcess;
      let worker: ImageProcess;
      let address: string;

      beforeAll(async () => {
        neighbours = await startGenerationApp({ engine, worker: false, databaseUrl: url });
        const settings = { ...childSettings(neighbours), JOB_LEASE_SECONDS: '15' };
        const port = await freePort();
        address = `http://127.0.0.1:${port}`;
        worker = container.run(['node', 'dist/bin/worker.js'], settings);
        gateway = container.run(['node', 'dist/bin/server.js'], { ...settings, PORT: String(port) });
        await waitUntil('the worker is ready', () => worker.output().includes('worker is ready'), 60_000);
        await waitUntil('the gateway is ready', () => gateway.output().includes('gateway is ready'), 60_000);
      }, 150_000);
      afterAll(async () => {
        await gateway.stop();
        await worker.stop();
        await neighbours.close();
      }, 60_000);

      it('serves the playground and each file that its page names', async () => {
        const page = await fetch(`${address}/graphql`, { headers: { accept: 'text/html' } });
        expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
        const files = [...(await page.text()).matchAll(/(?:src|href)="(\/playground\/[^"]+)"/g)].map(
          ([, to]) => to!,
        );
        expect(files.map((file) => path.basename(file)).sort()).toEqual([
          'graphiql.min.css',
          'graphiql.min.js',
          'graphql-ws.min.js',
          'live-client.js',
          'playground-client.js',
          'playground.css',
          'react-dom.production.min.js',
          'react.production.min.js',
        ]);
        for (const file of files) {
          const { status, headers } = await fetch(address + file);
          const type = file.endsWith('.css') ? 'text/css' : 'text/javascript';
          expect([file, status, headers.get('content-type')]).toEqual([file, 200, `${type}; charset=utf-8`]);
        }
      });

      it('writes an article, and trains the recommender in a thread', async () => {
        const ask = async (query: string) => {
          const response = await fetch(`${address}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: `Bearer ${neighbours.token}` },
            body: JSON.stringify({ query }),
          });
          const { data, errors } = (await response.json()) as {
            data?: { job: { id: string } };
            errors?: unknown;
          };
          if (!data) throw new Error(JSON.stringify(errors));
          return data.job.id;
        };
        const article = neighbours.pages.articleUrl('image');
        const jobs = [
          await ask(`mutation { job: requestArticle(url: "${article}") { id } }`),
          await ask('mutation { job: refreshRecommendations { id } }'),
        ];
        for (const id of jobs)
          expect(await neighbours.ended(id)).toMatchObject({ status: 'SUCCEEDED', errorCode: null });
      }, 150_000);
    },
  );
});

function sizeOf(folder: string): number {
  return Number(command('du', '-sx', '--apparent-size', '--block-size=1', folder).split('\t')[0]);
}

/** Every file below a folder, relative to it. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

/** The files that git knows of, as they are now. */
function checkout(folder: string): void {
  const list = command('git', '-C', ROOT, 'ls-files', '--cached', '--others', '--exclude-standard', '-z');
  for (const file of list.split('\0').filter((name) => name !== '' && existsSync(path.join(ROOT, name))))
    cpSync(path.join(ROOT, file), path.join(folder, file));
}

async function superuser(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL! });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
