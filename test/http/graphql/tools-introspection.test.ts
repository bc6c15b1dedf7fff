import { getIntrospectionQuery } from 'graphql';
import { startTestApp, type TestApp } from '../../helpers/app';

describe('The query with which tools ask for the schema', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  it('is answered in development, whole', async () => {
    const { status, data, errors } = await app.query(
      getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true }),
    );
    expect([status, errors]).toEqual([200, []]);
    expect((data as { __schema: { types: unknown[] } }).__schema.types.length).toBeGreaterThan(40);
  });

  it('costs nothing, unlike what is asked for beside it', async () => {
    const page =
      'articles(first: 100) { edges { node { title content comment category updatedAt viewCount } } }';
    const pages = [...'abcdefghijklmno'].map((alias) => `${alias}: ${page}`).join(' ');
    const { errors } = await app.query(`{ __schema { types { name } } ${pages} }`);
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
  });

  it('cannot be nested without end', async () => {
    const fields = (depth: number): string =>
      depth === 0 ? 'name' : `fields { type { ofType { ${fields(depth - 1)} } } }`;
    const { status } = await app.query(`{ __schema { types { ${fields(6)} } } }`);
    expect(status).toBe(400);
  });
});
