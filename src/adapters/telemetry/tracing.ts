import type { Context, Span, SpanContext } from '@opentelemetry/api';
import { withinDeadline } from '../http/deadline';

/** What a span is called and told; never tokens, texts, addresses with queries, or e-mail addresses. */
export interface SpanOptions {
  name: string;
  kind: 'server' | 'consumer' | 'client';
  attributes?: Record<string, string | number>;
  /** W3C traceparent of what it continues; without one it belongs to the span that is active. */
  parent?: string | null;
}

export interface Tracing {
  /** Runs `work` inside a span; without a collector it just runs it. */
  span<T>(options: SpanOptions, work: (rename: (name: string) => void) => Promise<T>): Promise<T>;
  /** W3C traceparent of the active span. */
  current(): string | null;
  /** Sends what is left, for at most 2 s. */
  close(): Promise<void>;
}

export const NO_TRACING: Tracing = {
  span: (_options, work) => work(() => {}),
  current: () => null,
  close: async () => {},
};

const FLUSH_MS = 2_000;
const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Traces over OTLP/HTTP; without an endpoint nothing is even loaded. */
export async function openTracing(endpoint: string | null, service: string): Promise<Tracing> {
  if (endpoint === null) return NO_TRACING;
  const [api, hooks, sdk, otlp, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new otlp.OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: FLUSH_MS });
  const provider = new sdk.BasicTracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': service }),
    // Bounded: while the collector is away the newest spans are dropped.
    spanProcessors: [
      new sdk.BatchSpanProcessor(exporter, { maxQueueSize: 2_048, scheduledDelayMillis: 1_000 }),
    ],
  });
  const tracer = provider.getTracer('gyeongdan');
  // Not the global one: several apps live in one test process.
  const contexts = new hooks.AsyncLocalStorageContextManager().enable();
  const kinds = { server: api.SpanKind.SERVER, consumer: api.SpanKind.CONSUMER, client: api.SpanKind.CLIENT };

  const parentOf = (parent: string | null | undefined): Context => {
    const remote = spanContextOf(parent);
    return remote ? api.trace.setSpanContext(api.ROOT_CONTEXT, remote) : contexts.active();
  };
  const failed = (span: Span, error: unknown) => {
    const code = (error as { code?: unknown } | null)?.code;
    span.setStatus({ code: api.SpanStatusCode.ERROR, message: typeof code === 'string' ? code : 'failed' });
  };
  return {
    async span({ name, kind, attributes = {}, parent }, work) {
      const context = parentOf(parent);
      const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, context);
      try {
        return await contexts.with(api.trace.setSpan(context, span), () =>
          work((renamed) => void span.updateName(renamed)),
        );
      } catch (error) {
        failed(span, error);
        throw error;
      } finally {
        span.end();
      }
    },
    current() {
      const context = api.trace.getSpanContext(contexts.active());
      if (!context) return null;
      return `00-${context.traceId}-${context.spanId}-${context.traceFlags.toString(16).padStart(2, '0')}`;
    },
    async close() {
      const late = () => new Error('the collector does not answer');
      await withinDeadline({ timeoutMs: FLUSH_MS, late }, () => provider.shutdown()).catch(() => {});
      contexts.disable();
    },
  };
}

function spanContextOf(traceParent: string | null | undefined): SpanContext | null {
  const [, traceId, spanId, flags] = TRACE_PARENT.exec(traceParent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || /^0+$/.test(traceId) || /^0+$/.test(spanId))
    return null;
  return { traceId, spanId, traceFlags: parseInt(flags!, 16) & 1, isRemote: true };
}
