import {
  AuditLogDocument,
  RegenerateArticleDocument,
  RequestArticleDocument,
  RetryGenerationJobDocument,
  TakeDownArticleDocument,
} from '../../generated/operations';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import { waitUntil } from '../../helpers/wait-until';

describe('an article that is taken down', () => {
  let world: GenerationApp;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'PostgreSQL', environment: { OPENAI_TIMEOUT_SECONDS: '60' } });
  });
  afterAll(() => world.close());

  const prisma = () => world.app.context.database.prisma;
  const as = () => ({ token: world.token });
  const takeDown = (id: string, reason = '언론사의 요청') =>
    world.app.send(TakeDownArticleDocument, { id, reason }, as());
  const codes = ({ errors }: { errors: { extensions: { code: string } }[] }) =>
    errors.map(({ extensions }) => extensions.code);

  async function article(name: string): Promise<{ id: string; sourceUrl: string; words: string[] }> {
    const { id } = await world.request(world.pages.articleUrl(name));
    const job = await world.ended(id);
    const row = await prisma().article.findUniqueOrThrow({
      where: { id: job.articleId! },
      include: { original: true },
    });
    return { id: row.id, sourceUrl: row.sourceUrl!, words: [row.title, row.content, row.original!.content] };
  }

  it('keeps its row, address and audit, and not one of its texts anywhere in the database', async () => {
    const { id, sourceUrl, words } = await article('purged');
    await world.app.query(
      `mutation { updateArticle(id: "${id}", input: { title: "고친 제목 7301" }) { id } }`,
      {},
      as(),
    );
    await world.app.query(`mutation { publishArticle(id: "${id}") { id } }`, {}, as());
    const { data } = await takeDown(id);
    expect(data!.takeDownArticle).toEqual({
      id,
      title: '내려진 기사',
      content: '',
      comment: null,
      phrases: [],
      imageUrl: null,
      sourceUrl,
      status: 'TAKEN_DOWN',
      original: null,
      revisions: [],
    });
    const tables = ['Article', 'ArticleOriginal', 'ArticleRevision', 'GenerationJob', 'AuditEntry'];
    for (const table of tables) {
      const { rows } = await world.app.context.database.pool.query(`SELECT t::text FROM "${table}" t`);
      for (const text of [...words, '고친 제목 7301'])
        expect(JSON.stringify(rows)).not.toContain(text.slice(0, 40));
    }
    const log = await world.app.send(AuditLogDocument, { targetType: 'Article', targetId: id }, as());
    const [newest] = log.data!.auditLog.edges.map(({ node }) => node);
    expect(newest).toMatchObject({
      action: 'article.take_down',
      details: { reason: '언론사의 요청', from: 'PUBLISHED' },
    });
    const reader = await world.app.query(`{ article(id: "${id}") { id } articles { totalCount } }`);
    expect(reader.data).toEqual({ article: null, articles: { totalCount: 0 } });
  });

  it('stays so: a repeat changes nothing, and every way back is a conflict', async () => {
    const { id, sourceUrl } = await article('stays');
    const first = await takeDown(id);
    const again = await takeDown(id, '또');
    expect(again.data).toEqual(first.data);
    expect(await prisma().auditEntry.count({ where: { targetId: id, action: 'article.take_down' } })).toBe(1);
    for (const call of [
      `updateArticle(id: "${id}", input: { title: "x" }) { id }`,
      `publishArticle(id: "${id}") { id }`,
      `hideArticle(id: "${id}") { id }`,
    ])
      expect(codes(await world.app.query(`mutation { ${call} }`, {}, as()))).toEqual(['CONFLICT']);
    expect(codes(await world.app.send(RegenerateArticleDocument, { id }, as()))).toEqual(['CONFLICT']);
    expect(codes(await world.app.send(RequestArticleDocument, { url: sourceUrl }, as()))).toEqual([
      'CONFLICT',
    ]);
  });

  it('is not brought back by a rewrite that was running', async () => {
    const { id } = await article('running');
    const calls = world.model.requests.length;
    world.model.next({ slowMs: 3_000 });
    const job = (await world.app.send(RegenerateArticleDocument, { id }, as())).data!.regenerateArticle;
    await waitUntil('the model is asked', () => world.model.requests[calls]);
    await takeDown(id);
    expect(await world.row(job.id)).toMatchObject({ status: 'CANCELED' });
    await waitUntil('the call is cut', () => world.model.requests[calls]!.abandoned);
    expect(await prisma().articleRevision.count({ where: { articleId: id } })).toBe(0);
    expect(await prisma().articleOriginal.count({ where: { articleId: id } })).toBe(0);
    // Started over by hand it fails, and still writes nothing.
    await world.app.send(RetryGenerationJobDocument, { id: job.id }, as());
    expect(await world.ended(job.id)).toMatchObject({ status: 'FAILED', errorCode: 'CONFLICT' });
    expect(await prisma().articleRevision.count({ where: { articleId: id } })).toBe(0);
  });

  it('needs a reason, an id that exists, and an admin', async () => {
    const { id } = await article('refused');
    for (const reason of ['', '   ', 'r'.repeat(501)])
      expect(codes(await takeDown(id, reason))).toEqual(['BAD_USER_INPUT']);
    expect(codes(await takeDown('00000000-0000-7000-8000-000000000000'))).toEqual(['NOT_FOUND']);
    expect(codes(await takeDown('nonsense'))).toEqual(['BAD_USER_INPUT']);
    const reader = await world.app.login('reader-1');
    const refused = await world.app.send(
      TakeDownArticleDocument,
      { id, reason: 'x' },
      { token: reader.accessToken },
    );
    expect(codes(refused)).toEqual(['FORBIDDEN']);
    expect((await prisma().article.findUniqueOrThrow({ where: { id } })).status).toBe('IN_REVIEW');
  });
});
