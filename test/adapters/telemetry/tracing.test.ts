import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openTracing } from '../../../src/adapters/telemetry/tracing';
import { MeDocument, RequestArticleDocument } from '../../generated/operations';
import { startTestApp } from '../../helpers/app';
import { startModelServer } from '../../helpers/model-server';
import { startPageServer } from '../../helpers/page-server';
import { modelSettings } from '../../helpers/generation-app';
import { waitUntil } from '../../helpers/wait-until';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  status: { code?: number };
}

/** An OTLP/HTTP collector that understands JSON. */
async function startCollector() {
  const spans: Span[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      bodies.push(body);
      const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
      for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url, spans, bodies, close };
}

describe('traces', () => {
  it('lead from the request over the job to the services that were called', async () => {
    const collector = await startCollector();
    const [pages, model] = [await startPageServer(), await startModelServer()];
    const app = await startTestApp({
      worker: true,
      tracing: await openTracing(collector.url, 'test'),
      environment: { ...modelSettings(model), CRAWLER_TRUSTED_ORIGINS: pages.url },
    });
    const { accessToken: token } = await app.login('admin');
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
    try {
      await app.send(RequestArticleDocument, { url: pages.articleUrl('traced') }, { token, headers });
      const mine = (name: string) =>
        collector.spans.find((span) => span.traceId === traceId && span.name === name);
      const model = await waitUntil('the call of the model is told', () => mine('model'));
      const job = await waitUntil('the job is told', () => mine('job ARTICLE'));
      const request = await waitUntil('the request is told', () => mine('mutation requestArticle'));
      expect(request.parentSpanId).toBe('00f067aa0ba902b7');
      expect(job.parentSpanId).toBe(request.spanId);
      expect(model.parentSpanId).toBe(job.spanId);
      expect(mine('crawler')!.parentSpanId).toBe(job.spanId);
      // Another's trace is not continued by nonsense.
      await app.send(MeDocument, {}, { token, headers: { traceparent: `00-${'0'.repeat(32)}-x-01` } });
    } finally {
      await app.close();
      await Promise.all([collector.close(), pages.close(), model.close()]);
    }
    expect(collector.spans.some(({ name }) => name === 'kakao')).toBe(true);
    const text = collector.bodies.join('');
    for (const secret of [token, model.apiKey, app.config.kakao.clientSecret!, '/articles/', 'standin-'])
      expect(text).not.toContain(secret);
  });

  it('cost nothing when the collector is away, and hold up no stop', async () => {
    const app = await startTestApp({ tracing: await openTracing('http://127.0.0.1:1', 'test') });
    for (let n = 0; n < 20; n++) expect((await app.query('{ publishers { id } }')).status).toBe(200);
    await app.close();
    expect(app.logs.join('')).not.toContain('127.0.0.1:1/');
  });
});
