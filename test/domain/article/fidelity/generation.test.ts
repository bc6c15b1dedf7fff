import { startGenerationApp, type GenerationApp } from '../../../helpers/generation-app';

const FAITHFUL = {
  title: '기준금리가 그대로예요',
  content:
    '한은이 기준금리를 2.5%로 묶어 뒀어요. 가계부채가 다시 늘고 있어서예요. 시장은 하반기에 한 번쯤 내릴 것으로 봐요.\n\n1달러가 1,400원에 가까워지면 더 미뤄질 수 있어요. 전문가들은 빚이 많은 집이 먼저 힘들어질 거라고 했어요.',
  comment: '빚이 줄어야 금리도 움직여요.',
  category: 'ECONOMY_AND_BUSINESS',
  phrases: [{ expression: '동결', easy: '올리지도 내리지도 않고 그대로 두는 것' }],
};
const UNFAITHFUL = {
  ...FAITHFUL,
  content: FAITHFUL.content.replace('2.5%', '2.75%').replace('전문가들은', '금융위원회는'),
};
const REPORT = { unsupportedFigures: ['2.75%'], unsupportedNames: ['금융위원회'], passed: false };
const PASSED = { unsupportedFigures: [], unsupportedNames: [], passed: true };

jest.setTimeout(60_000);

describe.each(['review', 'auto-when-faithful'])('a model that rewrites under PUBLISH_POLICY=%s', (policy) => {
  let world: GenerationApp;
  let pages = 0;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'PostgreSQL', environment: { PUBLISH_POLICY: policy } });
  });
  afterAll(() => world.close());

  async function generate(...answers: object[]) {
    world.model.requests.length = 0;
    world.model.next(...answers.map((json) => ('error' in json ? (json as { error: number }) : { json })));
    const url = world.pages.articleUrl(`checked-${(pages += 1)}`);
    const { articleId } = await world.ended((await world.request(url)).id);
    const { data } = await world.app.query(
      `{ article(id: "${articleId}") { id status fidelity { unsupportedFigures unsupportedNames passed } } }`,
      undefined,
      { token: world.token },
    );
    const audits = await world.app.context.database.prisma.auditEntry.findMany({
      where: { targetId: articleId!, action: 'article.publish' },
    });
    return { article: data!.article as Record<string, unknown>, audits };
  }

  const released = policy === 'review' ? 'IN_REVIEW' : 'PUBLISHED';

  it('has a faithful text reported as such, and published only by policy, which the audit log says', async () => {
    const { article, audits } = await generate(FAITHFUL);
    expect(article).toMatchObject({ status: released, fidelity: PASSED });
    expect(world.model.requests).toHaveLength(1);
    expect(audits.map(({ actorId, details }) => ({ actorId, details }))).toEqual(
      policy === 'review' ? [] : [{ actorId: null, details: expect.objectContaining({ policy }) }],
    );
  });

  it('is told once what was wrong, and its second text counts', async () => {
    const { article } = await generate(UNFAITHFUL, FAITHFUL);
    expect(article).toMatchObject({ status: released, fidelity: PASSED });
    const [first, second] = world.model.requests.map(({ body }) => body.messages.at(-1)!.content);
    expect(first).not.toContain('2.75%');
    expect(second).toContain('{"figures":["2.75%"],"names":["금융위원회"]}');
  });

  it('stays in review with its report when the second text fails, too', async () => {
    const { article, audits } = await generate(UNFAITHFUL, UNFAITHFUL);
    expect(article).toMatchObject({ status: 'IN_REVIEW', fidelity: REPORT });
    expect(world.model.requests).toHaveLength(2);
    expect(audits).toEqual([]);
  });

  it('keeps the first text when the model refuses another', async () => {
    const { article } = await generate(UNFAITHFUL, { error: 401 });
    expect(article).toMatchObject({ status: 'IN_REVIEW', fidelity: REPORT });
  });

  it('has an edit checked again, and what was taken down loses its report', async () => {
    const { article } = await generate(UNFAITHFUL, UNFAITHFUL);
    const change = (mutation: string) =>
      world.app.query(
        `mutation { ${mutation} { fidelity { unsupportedFigures unsupportedNames passed } } }`,
        undefined,
        { token: world.token },
      );
    const edit = (content: string) =>
      change(`updateArticle(id: "${article.id}", input: { content: ${JSON.stringify(content)} })`);
    expect((await edit(FAITHFUL.content)).data).toEqual({ updateArticle: { fidelity: PASSED } });
    expect((await edit(`${FAITHFUL.content} 3년 만이에요.`)).data).toEqual({
      updateArticle: { fidelity: { unsupportedFigures: ['3년'], unsupportedNames: [], passed: false } },
    });
    const taken = await change(`takeDownArticle(id: "${article.id}", reason: "요청")`);
    expect(taken.data).toEqual({ takeDownArticle: { fidelity: null } });
  });

  it('offers another text of a published article with a report of its own, shown once published', async () => {
    const { article } = await generate(FAITHFUL);
    const mutate = (mutation: string, fields: string) =>
      world.app.query(`mutation { ${mutation} { ${fields} } }`, undefined, { token: world.token });
    await mutate(`publishArticle(id: "${article.id}")`, 'id');
    world.model.next({ json: UNFAITHFUL }, { json: UNFAITHFUL });
    const { data } = await mutate(`regenerateArticle(id: "${article.id}")`, 'id');
    await world.ended((data!.regenerateArticle as { id: string }).id);
    const now = await world.app.context.database.prisma.article.findUniqueOrThrow({
      where: { id: article.id as string },
    });
    expect(now).toMatchObject({ status: 'PUBLISHED', fidelity: PASSED });
    const published = await mutate(`publishArticle(id: "${article.id}")`, 'fidelity { passed }');
    expect(published.data).toEqual({ publishArticle: { fidelity: { passed: false } } });
  });
});
