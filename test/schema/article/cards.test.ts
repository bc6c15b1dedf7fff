import { seedDatabase } from '../../../src/dev/seed';
import { startTestApp, type TestApp } from '../../helpers/app';

const CARD = 'id title comment category imageUrl publishedAt releasedAt viewCount publisher { id name }';
const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const listing = (fields: string) => `query ($first: Int!, $after: String, $filter: ArticleFilter) {
  articles(first: $first, after: $after, filter: $filter) { totalCount edges { cursor node { ${fields} } } ${PAGE} }
}`;

interface Listing {
  totalCount: number;
  edges: { cursor: string; node: Record<string, unknown> }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

describe('a list that asks for cards only', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    await seedDatabase(app.context.database.prisma, new Date());
  });
  afterAll(() => app.close());

  async function list(fields: string, variables: object): Promise<Listing> {
    const { data, errors } = await app.query(listing(fields), variables);
    expect(errors).toEqual([]);
    return data!.articles as Listing;
  }

  /** The statements on articles that `fields` needs, counts left out. */
  async function statementsFor(fields: string): Promise<string[]> {
    app.statements.length = 0;
    const { errors } = await app.query(`{ articles(first: 3) { edges { node { ${fields} } } } }`);
    expect(errors).toEqual([]);
    return app.statements.filter((sql) => sql.includes('FROM "Article"'));
  }

  it.each([
    ['without a filter', {}],
    ['of a category', { category: 'ECONOMY_AND_BUSINESS' }],
    ['of a time', { releasedBefore: '2999-01-01T00:00:00Z', releasedAfter: '2000-01-01T00:00:00Z' }],
  ])('walks the same pages as one that asks for everything, %s', async (_name, filter) => {
    let after: string | null = null;
    let seen = 0;
    for (;;) {
      const variables = { first: 7, after, filter };
      const cards: Listing = await list(CARD, variables);
      const whole = await list(`${CARD} content phrases { expression easy }`, variables);
      expect({
        ...whole,
        edges: whole.edges.map(({ cursor, node: { content: _c, phrases: _p, ...node } }) => ({
          cursor,
          node,
        })),
      }).toEqual(cards);
      expect(whole.edges.every(({ node }) => typeof node.content === 'string' && node.content !== '')).toBe(
        true,
      );
      seen += cards.edges.length;
      if (!cards.pageInfo.hasNextPage) {
        expect(seen).toBe(cards.totalCount);
        return;
      }
      after = cards.pageInfo.endCursor;
    }
  });

  it('does not read contents', async () => {
    const [sql, ...more] = await statementsFor(`__typename ${CARD}`);
    expect(more).toEqual([]);
    expect(sql).not.toMatch(/content|phrases/);
  });

  it.each([
    'content',
    'sourceUrl',
    'terms { term }',
    'createdAt',
    '... on Article { phrases { easy } }',
    'title @include(if: true) text: content',
  ])('reads the whole articles for { %s }', async (fields) => {
    const [sql, ...more] = await statementsFor(fields);
    expect(more).toEqual([]);
    expect(sql).toMatch(/content/);
  });

  it('reads the whole articles when a fragment asks for more', async () => {
    const { data, errors } = await app.query(
      `query { articles(first: 1) { edges { node { id ...Text } } } } fragment Text on Article { content }`,
    );
    expect(errors).toEqual([]);
    const { edges } = data!.articles as Listing;
    expect(edges[0]!.node.content).toEqual(expect.any(String));
  });
});
