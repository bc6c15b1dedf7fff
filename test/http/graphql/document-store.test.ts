import { parse } from 'graphql';
import { createDocumentStore } from '../../../src/http/graphql/document-store';
import { startTestApp } from '../../helpers/app';

describe('parsed documents', () => {
  it('are kept up to a number and a size that count comments too', async () => {
    const store = createDocumentStore();
    const kept = async (keys: string[]) => {
      const found = await Promise.all(keys.map((key) => store.get(key)));
      return found.filter(Boolean).length;
    };
    const small = Array.from({ length: 2_000 }, (_, n) => `small ${n}`);
    for (const key of small) await store.set(key, parse('{ __typename }'));
    expect(await kept(small)).toBe(500);

    const large = Array.from({ length: 200 }, (_, n) => `large ${n}`);
    for (const key of large) await store.set(key, parse(`{ __typename }${'#'.repeat(20_000)}`));
    expect(await kept(large)).toBeLessThanOrEqual(50);
  });

  it('are refused before they are parsed when they are too long', async () => {
    const app = await startTestApp();
    try {
      const { status, errors } = await app.query(`{ __typename }${'#\n'.repeat(300_000)}`);
      expect(status).toBe(400);
      expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
      expect((await app.query(`{ __typename }${'#\n'.repeat(5_000)}`)).status).toBe(200);
    } finally {
      await app.close();
    }
  });
});
