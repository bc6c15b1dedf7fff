import { startTestApp, type TestApp } from '../../helpers/app';

describe('A persisted query', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  it.each(['0', '__proto__', 'f'.repeat(64)])(
    'under a hash that is not its own (%s) is a fault of the request, not of the server',
    async (sha256Hash) => {
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: '{ publishers { id } }',
          extensions: { persistedQuery: { version: 1, sha256Hash } },
        }),
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    },
  );
});
