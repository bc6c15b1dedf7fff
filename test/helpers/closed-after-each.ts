import { servePages, type Handler, type PageServer } from '../fixtures/pages/serve-pages';

/** What each test of a file opens: closed after it, the last one first. */
export function closedAfterEach(): {
  cleanups: (() => Promise<void>)[];
  serve: (routes: Record<string, Handler>) => Promise<PageServer>;
} {
  const cleanups: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  const serve = async (routes: Record<string, Handler>) => {
    const server = await servePages(routes);
    cleanups.push(() => server.close());
    return server;
  };
  return { cleanups, serve };
}
