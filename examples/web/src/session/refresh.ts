import { Fault } from '@/graphql/fault';

/** Told to `window` when the session of this reader has ended: SessionNotice shows it. */
export const SIGNED_OUT = 'gyeongdan:signed-out';

/**
 * Renews the session after a refusal that came with this `session-version`. However many tabs ask, one request reaches
 * the gateway. False when there is no session any more. Throws a Fault in an outage.
 */
export async function refreshSession(version: string | null): Promise<boolean> {
  if (version === null || version === 'none') return false;
  const response = await oneTabAtATime(() =>
    fetch('/auth/refresh', { method: 'POST', headers: { 'session-version': version } }),
  );
  if (response.status === 401) window.dispatchEvent(new Event(SIGNED_OUT));
  else if (!response.ok) throw new Fault('UPSTREAM_UNAVAILABLE');
  return response.ok;
}

/** The server looks at the cookies, and so at what another tab has got, only once the lock is ours. */
function oneTabAtATime(renew: () => Promise<Response>): Promise<Response> {
  return navigator.locks ? navigator.locks.request('gyeongdan-refresh', renew) : renew();
}
