import {
  InsightDocument,
  InsightsDocument,
  HideInsightDocument,
  PublishInsightDocument,
} from '../../generated/operations';
import { writeSampleInsights } from '../../../src/dev/sample-insights';
import { startTestApp, type TestApp } from '../../helpers/app';

describe('insights', () => {
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
    for (let n = 0; n < 7; n += 1) await create({ releasedAt: new Date(Date.UTC(2026, 0, 1 + n)) });
    // Released at the same moment: the id decides.
    await create({ releasedAt: new Date(Date.UTC(2026, 0, 7)) });
    await create({ status: 'HIDDEN', releasedAt: new Date(Date.UTC(2026, 0, 20)) });
    await create({ status: 'IN_REVIEW', releasedAt: null });
  });
  afterAll(() => app.close());

  let made = 0;
  function create(data: { status?: 'PUBLISHED' | 'IN_REVIEW' | 'HIDDEN'; releasedAt: Date | null }) {
    const picture = {
      create: { hash: String(made).padStart(64, '0'), svg: '<svg/>', png: Buffer.from('png') },
    };
    const text = { title: `인사이트 ${(made += 1)}`, content: '글이에요.', model: 'extractive' };
    return app.context.database.prisma.insight.create({
      data: {
        ...text,
        datasetId: 'sample-base-rate',
        chart: { mark: 'line' },
        status: 'PUBLISHED',
        picture,
        ...data,
      },
    });
  }

  const page = async (first: number, after?: string) =>
    (await app.send(InsightsDocument, { first, ...(after && { after }) })).data!.insights;

  it('are listed newest released first, page by page, without gaps or repeats', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 4; pages += 1) {
      const { edges, pageInfo, totalCount } = await page(3, after);
      expect(totalCount).toBe(8);
      expect(pageInfo.hasPreviousPage).toBe(pages > 0);
      seen.push(...edges.map(({ node }) => `${node.releasedAt} ${node.id}`));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor!;
    }
    expect(seen).toHaveLength(8);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });

  it('are read with one statement, their charts and data sets with one more each, and may be cached', async () => {
    const headers = { 'viewer-id': app.context.viewerIds.issue() };
    app.statements.length = 0;
    const answer = await app.query(
      '{ insights { edges { node { id title content chartSvgUrl chartPngUrl } } } }',
      {},
      { headers },
    );
    expect(answer.errors).toEqual([]);
    expect(app.statements).toHaveLength(1);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=10');
    app.statements.length = 0;
    const whole = await app.query(
      '{ insights { edges { node { chart dataset { name columns } } } } }',
      {},
      { headers },
    );
    expect(whole.errors).toEqual([]);
    expect(app.statements).toHaveLength(3);
  });

  it('have pictures at addresses of this service that hold their hash', async () => {
    const { node } = (await page(1)).edges[0]!;
    const { publicUrl } = app.config;
    expect(node.chartSvgUrl).toMatch(
      new RegExp(`^${publicUrl}/insights/charts/${node.id}/[0-9a-f]{64}\\.svg$`),
    );
    expect(node.chartPngUrl).toBe(node.chartSvgUrl.replace(/svg$/, 'png'));
  });

  it('are refused for bad ids, cursors and sizes, and absent where they are not there', async () => {
    const codeOf = async (query: string) =>
      (await app.query(query)).errors.map(({ extensions: { code, argument } }) => [code, argument]);
    expect(await codeOf('{ insight(id: "1") { id } }')).toEqual([['BAD_USER_INPUT', 'id']]);
    expect(await codeOf('{ insights(after: "nonsense") { totalCount } }')).toEqual([
      ['BAD_USER_INPUT', 'after'],
    ]);
    for (const first of [0, -1, 101])
      expect(await codeOf(`{ insights(first: ${first}) { totalCount } }`)).toEqual([
        ['BAD_USER_INPUT', 'first'],
      ]);
    const id = '0190a000-0000-7000-8000-000000000000';
    expect((await app.send(InsightDocument, { id })).data).toEqual({ insight: null });
    const moved = [
      await app.send(PublishInsightDocument, { id }, { token }),
      await app.send(HideInsightDocument, { id }, { token }),
    ];
    for (const { errors } of moved) expect(errors[0]!.extensions.code).toBe('NOT_FOUND');
  });

  it('are there when npm start has begun, of made-up data', async () => {
    await writeSampleInsights(app.workerContext, new Date());
    const { edges } = await page(3);
    expect(edges.map(({ node }) => node.dataset.id)).toEqual([
      'sample-base-rate',
      'sample-consumer-prices',
      'sample-exchange-rate',
    ]);
    for (const { node } of edges) expect(node.content.split(/(?<=요\.) /)).toHaveLength(5);
  });
});
