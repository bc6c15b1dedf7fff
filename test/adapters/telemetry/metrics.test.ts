import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MeDocument, PauseQueueDocument, RequestArticleDocument } from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import { childSettings, startReadyChild } from '../../helpers/child-process';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import { waitUntil } from '../../helpers/wait-until';

const TOKEN = 'metrics-token-of-the-tests';

async function scrape(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(response.status).toBe(200);
  return response.text();
}

/** The value of a sample, 0 when there is none. */
function sample(text: string, name: string, labels: Record<string, string> = {}): number {
  const wanted = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  const line = text
    .split('\n')
    .find((row) => row.startsWith(`gyeongdan_${name}`) && wanted.every((label) => row.includes(label)));
  return line ? Number(line.slice(line.lastIndexOf(' '))) : 0;
}

describe('the metrics', () => {
  let world: GenerationApp;
  let app: TestApp;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'PostgreSQL' });
    app = world.app;
  });
  afterAll(() => world.close());

  it('count requests, operations, errors and statements, under names that no client chose', async () => {
    await app.query('query Chosen_by_client { mine: publishers { id } }');
    await app.send(MeDocument, {});
    await app.send(MeDocument, {}, { token: world.token });
    await app.query('{ nonsense }');
    await fetch(`${app.url}/chosen/by/client`);
    const text = await scrape(app.url);
    const graphql = { route: '/graphql', method: 'POST' };
    expect(sample(text, 'http_request_seconds_count', { ...graphql, status: '200' })).toBeGreaterThan(0);
    expect(sample(text, 'http_request_seconds_count', { route: 'none', status: '404' })).toBe(1);
    expect(sample(text, 'graphql_operation_seconds_count', { operation: 'query publishers' })).toBe(1);
    expect(sample(text, 'errors_total', { code: 'UNAUTHENTICATED' })).toBe(1);
    expect(sample(text, 'errors_total', { code: 'GRAPHQL_VALIDATION_FAILED' })).toBe(1);
    expect(sample(text, 'sql_statement_seconds_count', { statement: 'prisma' })).toBeGreaterThan(0);
    expect(sample(text, 'sql_statement_seconds_count', { statement: 'session-state' })).toBeGreaterThan(0);
    expect(sample(text, 'pool_connections', { state: 'idle' })).toBeGreaterThan(0);
    expect(text).not.toMatch(/[Cc]hosen|nonsense|mine/);
  });

  it('count jobs, tokens, dollars and the services that were called', async () => {
    const { id } = await world.request(world.pages.articleUrl('measured'));
    const job = await world.ended(id);
    world.model.next({ error: 401 });
    const failed = await world.request(world.pages.articleUrl('refused'));
    await world.ended(failed.id);
    const text = await scrape(app.url);
    expect(sample(text, 'job_seconds_count', { kind: 'ARTICLE', outcome: 'succeeded' })).toBe(1);
    expect(sample(text, 'job_seconds_count', { kind: 'ARTICLE', outcome: 'failed' })).toBe(1);
    expect(sample(text, 'model_tokens_total', { direction: 'input' })).toBe(job.inputTokens);
    expect(sample(text, 'model_tokens_total', { direction: 'output' })).toBe(job.outputTokens);
    expect(sample(text, 'model_cost_usd_total')).toBeCloseTo(Number(job.costUsd), 6);
    expect(sample(text, 'upstream_seconds_count', { upstream: 'model', outcome: 'ok' })).toBe(1);
    expect(sample(text, 'upstream_seconds_count', { upstream: 'crawler', outcome: 'ok' })).toBe(2);
    expect(sample(text, 'upstream_seconds_count', { upstream: 'kakao', outcome: 'ok' })).toBeGreaterThan(0);
  });

  it('are told to nobody without the token, and to nobody at all in production when there is none', async () => {
    for (const authorization of ['', 'Bearer wrong', TOKEN])
      expect((await fetch(`${app.url}/metrics`, { headers: { authorization } })).status).toBe(401);
    const production = await startTestApp({
      environment: { METRICS_TOKEN: '' },
      adjust: (config) => void (config.production = true),
    });
    try {
      expect((await fetch(`${production.url}/metrics`)).status).toBe(404);
    } finally {
      await production.close();
    }
  });

  it('are each explained in docs/metrics.md, and the page explains no other', async () => {
    const page = readFileSync(path.join(__dirname, '../../../docs/metrics.md'), 'utf8');
    const explained = [...page.matchAll(/^\| `(gyeongdan_\w+)`/gm)].map(([, name]) => name);
    const told = [...(await scrape(app.url)).matchAll(/^# TYPE (gyeongdan_\w+)/gm)]
      .map(([, name]) => name!)
      .filter((name) => !/^gyeongdan_(process|nodejs)_/.test(name));
    expect(explained.sort()).toEqual(told.sort());
  });

  it('say how much work waits, and for how long, also when no worker lives', async () => {
    const idle = await startGenerationApp({ engine: 'PostgreSQL', worker: false });
    try {
      await idle.app.send(RequestArticleDocument, { url: idle.pages.articleUrl('a') }, { token: idle.token });
      await idle.app.send(RequestArticleDocument, { url: idle.pages.articleUrl('b') }, { token: idle.token });
      await idle.app.send(PauseQueueDocument, { name: 'bulk', paused: true }, { token: idle.token });
      const text = await scrape(idle.app.url);
      expect(sample(text, 'job_queue_depth', { status: 'QUEUED' })).toBe(2);
      expect(sample(text, 'job_oldest_due_seconds')).toBeGreaterThan(0);
      expect(sample(text, 'database_up')).toBe(1);
      expect(text).toContain('gyeongdan_queue_paused{queue="answers"} 0');
      expect(text).toContain('gyeongdan_queue_paused{queue="bulk"} 1');
    } finally {
      await idle.close();
    }
  });

  it('come from a worker process too, with its health', async () => {
    const worker = await startReadyChild('worker', { ...childSettings(world), METRICS_TOKEN: TOKEN });
    try {
      const url = await waitUntil(
        'it listens',
        () => /"url":"([^"]+)","msg":"the worker tells/.exec(worker.output())?.[1],
      );
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      expect(sample(await scrape(url), 'process_cpu_seconds_total')).toBeGreaterThan(0);
    } finally {
      await worker.stop('SIGTERM');
    }
  });
});
