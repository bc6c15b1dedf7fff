/* global graphqlWs, location, setTimeout */
// Runs in the browser without a bundler: a plain script, no modules.
(() => {
  const MAX_WAIT_MS = 8_000;
  const SIGNED_OUT = '로그인이 끝났거나 토큰이 올바르지 않습니다. 다시 로그인하세요.';
  const CLOSED = '실시간 연결이 닫혔습니다. 다시 실행해 주세요.';

  /**
   * Subscribes with the cookie session, or with the `headers` that a user named. A lost socket comes back by itself,
   * and the subscription with it. The observer has `next`, `complete`, `connected` and `lost`; returns what stops it.
   */
  globalThis.watchLive = (operation, observer, headers) => {
    let hasEnded = false;
    const unlessEnded = (told) => (what) => hasEnded || told(what);
    const client = graphqlWs.createClient({
      url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
      connectionParams: { headers },
      retryAttempts: Infinity,
      retryWait: (retries) =>
        new Promise((resolve) =>
          setTimeout(resolve, Math.min(500 * 2 ** retries, MAX_WAIT_MS) * (1 + Math.random())),
        ),
      shouldRetry: () => !hasEnded,
      on: {
        connected: unlessEnded(() => observer.connected()),
        closed: unlessEnded((event) => observer.lost(event)),
      },
    });
    const end = unlessEnded(() => {
      hasEnded = true;
      observer.complete();
    });
    const unsubscribe = client.subscribe(operation, {
      next: unlessEnded((result) => observer.next(result)),
      error: unlessEnded((reason) => {
        observer.next({
          errors: Array.isArray(reason) ? reason : [{ message: messageOf(reason), extensions: {} }],
        });
        end();
      }),
      complete: end,
    });
    return () => {
      hasEnded = true;
      unsubscribe();
    };
  };

  /** Of a close that graphql-ws does not come back after. */
  function messageOf({ code }) {
    if (code === 4401) return SIGNED_OUT;
    return code ? `${CLOSED} (${code})` : CLOSED;
  }
})();
