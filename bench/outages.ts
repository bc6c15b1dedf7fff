import { setTimeout as delay } from 'node:timers/promises';
import { ArticlesDocument, RequestArticleDocument } from '../test/generated/operations';
import {
  childSettings,
  sendTo,
  startReadyChild,
  urlOf,
  type ChildProcess,
} from '../test/helpers/child-process';
import { startGenerationApp } from '../test/helpers/generation-app';
import { startOwnPostgres, type OwnPostgres } from '../test/helpers/own-postgres';
import { redisServerPath } from '../test/helpers/redis';
import { report, type Bar } from './report';

const ROUNDS = 3;
/** More than the pool of connections. */
const CALLS = 24;

/** How soon a gateway says that its database is away and serves again; how soon it answers without its queue. */
export async function benchOutages(): Promise<boolean> {
  const postgres = await startOwnPostgres();
  try {
    const bars = await withoutDatabase(postgres);
    if (redisServerPath() !== null) bars.push(...(await withoutQueue(postgres.url)));
    return report(`outages, the slowest of ${ROUNDS} each`, [], bars);
  } finally {
    await postgres.close();
  }
}

async function withoutDatabase(postgres: OwnPostgres): Promise<Bar[]> {
  const world = await startGenerationApp({ engine: 'PostgreSQL', databaseUrl: postgres.url, worker: false });
  const gateway = await startReadyChild('server', childSettings(world));
  const articles = () => sendTo(gateway, ArticlesDocument, { first: 5 });
  const ways = {
    'connections are refused': [() => postgres.stop(), () => postgres.start()],
    'the server is frozen': [async () => postgres.freeze(), async () => postgres.thaw()],
  } as const;
  const bars: Bar[] = [];
  try {
    for (const [what, [begin, end]] of Object.entries(ways)) {
      const [said, healed]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round += 1) {
        await begin();
        said.push(
          ...(await Promise.all(
            Array.from({ length: CALLS }, async () => {
              const [ms, { errors }] = await timed(articles);
              if (errors[0]?.extensions.code !== 'UPSTREAM_UNAVAILABLE') throw new Error('not reported');
              return ms;
            }),
          )),
        );
        await end();
        healed.push((await timed(() => untilServed(gateway, articles)))[0]);
      }
      bars.push(
        { name: `says so when ${what}`, value: Math.max(...said), atMost: 3_000, unit: ' ms' },
        { name: 'serves and is ready after that', value: Math.max(...healed), atMost: 1_000, unit: ' ms' },
      );
    }
    return bars;
  } finally {
    await gateway.stop();
    await world.close();
  }
}

async function untilServed(gateway: ChildProcess, ask: () => Promise<{ errors: unknown[] }>): Promise<void> {
  while ((await ask()).errors.length > 0) await delay(10);
  while ((await fetch(`${urlOf(gateway)}/health/ready`)).status !== 200) await delay(10);
}

async function withoutQueue(databaseUrl: string): Promise<Bar[]> {
  const world = await startGenerationApp({ engine: 'Redis', databaseUrl, worker: false });
  const gateway = await startReadyChild('server', childSettings(world));
  const bars: Bar[] = [];
  let article = 0;
  const request = async () => {
    const url = world.pages.articleUrl(`outage-${(article += 1)}`);
    const { data } = await sendTo(gateway, RequestArticleDocument, { url }, world.token);
    if (data?.requestArticle.status !== 'QUEUED') throw new Error('not queued');
  };
  try {
    await request();
    for (const what of ['frozen', 'stopped']) {
      if (what === 'frozen') world.redis!.freeze();
      else await world.redis!.stop();
      const took: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) took.push((await timed(request))[0]);
      bars.push({
        name: `a mutation while Redis is ${what}`,
        value: Math.max(...took),
        atMost: 1_000,
        unit: ' ms',
      });
      if (what === 'frozen') world.redis!.thaw();
      else await world.redis!.start();
    }
    return bars;
  } finally {
    await gateway.stop();
    await world.close();
  }
}

async function timed<T>(work: () => Promise<T>): Promise<[ms: number, T]> {
  const begun = performance.now();
  const result = await work();
  return [performance.now() - begun, result];
}
