/* global document, DOMParser, fetch, location, setInterval */
// Runs in the browser without a bundler: a plain script, no modules.
(() => {
  const PAUSE =
    'mutation PauseQueue($name: String!, $paused: Boolean!) { pauseQueue(name: $name, paused: $paused) { id } }';
  const RETRY = 'mutation RetryGenerationJob($id: ID!) { retryGenerationJob(id: $id) { id } }';
  const UNREACHABLE = '서버에 연결할 수 없습니다. 인터넷 연결을 확인하고 다시 시도해 주세요.';
  const REFRESH_MS = 5_000;

  const root = document.querySelector('#queues');
  if (!root) return;
  const notice = root.querySelector('.notice');
  let asked = 0;

  root.addEventListener('click', async ({ target }) => {
    const button = target.closest('button');
    if (!button) return;
    const { queue, paused, job } = button.dataset;
    button.disabled = true;
    const fault = await (queue
      ? send(PAUSE, { name: queue, paused: paused === 'true' })
      : send(RETRY, { id: job }));
    button.disabled = false;
    button.focus();
    notice.textContent = fault ?? '';
    notice.hidden = !fault;
    await refresh();
  });
  setInterval(() => {
    if (document.visibilityState === 'visible') void refresh();
  }, REFRESH_MS);

  /** What the gateway says against it; undefined when it was done. */
  async function send(query, variables) {
    try {
      const answer = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        credentials: 'same-origin',
        body: JSON.stringify({ query, variables }),
      });
      return (await answer.json()).errors?.[0]?.message;
    } catch {
      return UNREACHABLE;
    }
  }

  /** Takes over what the page would show now. Whoever may not see it any more gets the page that says so. */
  async function refresh() {
    const mine = ++asked;
    const page = { headers: { accept: 'text/html' }, credentials: 'same-origin' };
    const answer = await fetch(location.pathname, page).catch(() => null);
    if (!answer || answer.status >= 500 || answer.status === 429) return;
    const text = await answer.text().catch(() => null);
    // An answer that was overtaken by a later one is no news.
    if (text === null || mine !== asked) return;
    const now = new DOMParser().parseFromString(text, 'text/html').querySelector('#queues .now');
    if (!now) return location.reload();
    const { id } = document.activeElement;
    root.querySelector('.now').replaceWith(now);
    if (id) document.getElementById(id)?.focus();
  }
})();
