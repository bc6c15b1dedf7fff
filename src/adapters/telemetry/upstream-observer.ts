import type { Metrics, Upstream } from './metrics';
import type { Tracing } from './tracing';

/** Runs one call of another service, measured and traced. */
export type ObserveUpstream = <T>(call: () => Promise<T>) => Promise<T>;

export function upstreamObserver(
  upstream: Upstream,
  { metrics, tracing }: { metrics: Metrics; tracing: Tracing },
): ObserveUpstream {
  return (call) =>
    tracing.span({ name: upstream, kind: 'client', attributes: { 'peer.service': upstream } }, async () => {
      const end = metrics.upstreams.startTimer({ upstream });
      try {
        const result = await call();
        end({ outcome: 'ok' });
        return result;
      } catch (error) {
        // Codes come from our own list, so the label stays bounded.
        const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
        // It was not asked.
        if (name === 'TryLater') throw error;
        end({ outcome: name === 'AppError' ? String(code) : 'failed' });
        throw error;
      }
    });
}
