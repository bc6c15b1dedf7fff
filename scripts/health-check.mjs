// The image's HEALTHCHECK: whichever process the container runs, its /health/live must answer.
const { PORT = '4000', WORKER_PORT = '9464' } = process.env;
const alive = (port) =>
  fetch(`http://127.0.0.1:${port}/health/live`, { signal: AbortSignal.timeout(3_000) }).then(({ ok }) => {
    if (!ok) throw new Error('not alive');
  });
await Promise.any([PORT, WORKER_PORT].map(alive)).catch(() => process.exit(1));
