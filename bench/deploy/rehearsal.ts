import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../../src/adapters/database/database';
import { Lifetime } from '../../src/context/lifetime';
import { createLogger } from '../../src/logger';
import { addLayer, buildah, openContainer, type ImageContainer } from '../../test/helpers/oci-image';
import { startBenchDatabase } from '../database';
import { startOpenHaproxy } from '../haproxy';
import { startJobPages } from '../job-pages';
import { productionSettings } from '../servers/our-context';
import { Service, type Patience } from './service';
import { startTraffic, type TrafficOutcome } from './traffic';

export interface RehearsalOptions {
  /** The release that runs at first; the others are layers over it. */
  image: string;
  requestsPerSecond: number;
  jobsPerSecond: number;
  sockets: number;
  patience: Patience;
  /** With the release that never is ready. */
  brokenPatience: Patience;
  onStep: (step: string) => void;
}

/** A change of the release under traffic. */
export interface Deployment {
  seconds: number;
  /** Why each service went back to the release before; null of one that did not. */
  rolledBack: { worker: string | null; gateways: string | null };
  /** The releases that run in the end. */
  running: string[];
  /** Processes that did not stop in order. */
  badEnds: string[];
  traffic: TrafficOutcome;
}

export const STEPS = 7;
export const FIRST = 'the first release';
export const NEXT = 'the next release';
export const BROKEN = 'the broken release';

const GATEWAYS = 2;
const migration = (name: string, sql: string) => ({ [`/app/prisma/migrations/${name}/migration.sql`]: sql });

/** One busy table each, so that none waits for a second lock while it holds one. */
const EXPAND = ['Article', 'GenerationJob', 'User'].reduce<Record<string, string>>(
  (files, table, n) => ({
    ...files,
    ...migration(
      `9999123100000${n}_rehearse_${table.toLowerCase()}`,
      `SET lock_timeout = '2s';\nALTER TABLE "${table}" ADD COLUMN "rehearsed" TEXT;\n`,
    ),
  }),
  {},
);
/** Nobody applies it: a release whose migration was forgotten must get no request. */
const FORGOTTEN = migration(
  '99991231000009_forgotten',
  'CREATE TABLE "Forgotten" (id INTEGER PRIMARY KEY);\n',
);

/**
 * Two gateways behind a load balancer and a worker, all of one image, become those of a second one whose migration was applied
 * before; then those of a third one that never becomes ready. Readers, open pages and an admin go on all the time. What it starts
 * and makes is in `opened`, which it closes in the end.
 */
export async function rehearse(
  options: RehearsalOptions,
  opened = new Lifetime(),
): Promise<{ rolled: Deployment; broken: Deployment }> {
  try {
    return await run(options, opened);
  } finally {
    await opened.close();
  }
}

async function run(
  { image, onStep, patience, brokenPatience, ...load }: RehearsalOptions,
  opened: Lifetime,
): Promise<{ rolled: Deployment; broken: Deployment }> {
  onStep('the images of the next release and of a broken one are made');
  const releases = openReleases(image, opened);

  onStep('a database is filled');
  const bench = await startBenchDatabase();
  opened.onClose(() => bench.close());
  const logger = createLogger({ level: 'error', pretty: false });
  const database = openDatabase({ url: bench.settings.databaseUrl, connections: 2, logger });
  opened.onClose(() => database.close());
  const { pool } = database;
  await pool.query(`UPDATE "User" SET role = 'ADMIN'`);
  const pages = await startJobPages(() => true);
  opened.onClose(() => pages.close());

  onStep(`${GATEWAYS} gateways and a worker of the first release start`);
  const settings = productionSettings({ ...bench.settings, trustedProxies: '127.0.0.1' });
  const gateways = new Service({ program: 'server', size: GATEWAYS, settings, releases });
  opened.onClose(() => gateways.stop());
  const worker = new Service({
    program: 'worker',
    size: 1,
    // Only outside production are pages of this machine fetched.
    settings: {
      ...settings,
      NODE_ENV: 'test',
      CRAWLER_TRUSTED_ORIGINS: pages.url,
      CRAWLER_DELAY_SECONDS: '0',
    },
    releases,
  });
  opened.onClose(() => worker.stop());
  await Promise.all([worker.start(FIRST, patience), gateways.start(FIRST, patience)]);
  const balancer = await startOpenHaproxy(bench.folder, gateways.ports);
  opened.onClose(() => balancer.stop());
  gateways.standBehind(balancer);

  const underTraffic = async (deploy: () => Promise<Deployment['rolledBack']>): Promise<Deployment> => {
    const end = await startTraffic({
      ...load,
      pool,
      url: balancer.url,
      token: bench.token,
      pagesUrl: pages.url,
    });
    const begun = performance.now();
    const badBefore = gateways.badEnds.length + worker.badEnds.length;
    await delay(1_000);
    const rolledBack = await deploy();
    await delay(1_000);
    const seconds = (performance.now() - begun) / 1000;
    const badEnds = [...gateways.badEnds, ...worker.badEnds].slice(badBefore);
    const running = [...worker.running, ...gateways.running];
    return { seconds, rolledBack, running, badEnds, traffic: await end() };
  };

  const rolled = await underTraffic(async () => {
    onStep('the next release migrates');
    const [code, output] = await releases.get(NEXT)!.outcome(['npm', 'run', 'migrate'], settings);
    if (code !== 0 || !output.includes('successfully applied'))
      throw new Error(`the migration ended with ${code}: ${output}`);
    onStep('the worker and then the gateways become those of the next release');
    const ofWorker = await worker.roll(NEXT, patience);
    return { worker: ofWorker, gateways: await gateways.roll(NEXT, patience) };
  });
  onStep('a broken release is tried');
  const broken = await underTraffic(async () => {
    const [ofWorker, ofGateways] = await Promise.all([
      worker.roll(BROKEN, brokenPatience),
      gateways.roll(BROKEN, brokenPatience),
    ]);
    return { worker: ofWorker, gateways: ofGateways };
  });
  onStep('everything stops');
  return { rolled, broken };
}

function openReleases(image: string, opened: Lifetime): Map<string, ImageContainer> {
  const name = (suffix: string) => `${image.split(':')[0]}-${suffix}:${process.pid}`;
  const made = [name('next'), name('broken')] as const;
  opened.onClose(() => void buildah('rmi', ...made));
  addLayer(image, made[0], EXPAND);
  addLayer(made[0], made[1], FORGOTTEN);
  const containers = new Map<string, ImageContainer>();
  for (const [release, of] of [
    [FIRST, image],
    [NEXT, made[0]],
    [BROKEN, made[1]],
  ] as const) {
    const container = openContainer(of);
    opened.onClose(() => container.remove());
    containers.set(release, container);
  }
  return containers;
}
