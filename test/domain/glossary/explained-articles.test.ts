import { ImportEconomicTermsDocument } from '../../generated/operations';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';

const PARAGRAPHS = [
  '국내 중소기업 열 곳 가운데 네 곳이 법인세를 덜 내는 늘봄계정을 새로 만든 것으로 조사됐다. 제도가 시작된 지 2년 만이다.',
  '늘봄계정에 돈을 넣은 회사는 세 부담이 최대 30% 줄어든다. 정부는 내년부터 대상을 넓히기로 했다.',
  '중소기업 단체는 늘봄계정이 자금을 모으는 데 도움이 된다고 평가했다. 다만 절차가 복잡하다는 지적도 나왔다.',
];

describe('the built-in rewriter of a worker', () => {
  let world: GenerationApp;
  let pages = 0;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'PostgreSQL', environment: { OPENAI_API_KEY: '' } });
  });
  afterAll(() => world.close());

  async function generated() {
    const url = world.pages.answer(`/terms-${(pages += 1)}`, (_request, response) =>
      response
        .setHeader('content-type', 'text/html; charset=utf-8')
        .end(
          `<title>늘봄계정 늘었다</title><article><h1>늘봄계정 늘었다</h1>${PARAGRAPHS.map((text) => `<p>${text}</p>`).join('')}</article>`,
        ),
    );
    const { articleId } = await world.ended((await world.request(url)).id);
    const { data } = await world.app.query(
      `{ article(id: "${articleId}") { phrases { expression easy } fidelity { unsupportedFigures passed } } }`,
      undefined,
      { token: world.token },
    );
    return data!.article as { phrases: unknown[]; fidelity: unknown };
  }

  it('explains in the words of the delivered glossary where there is none, and in those of an admin from then on', async () => {
    await world.app.context.database.prisma.economicTerm.deleteMany();
    const { phrases } = await generated();
    expect(phrases).toContainEqual({ expression: '법인세', easy: expect.stringContaining('세금') });

    const terms = [{ term: '늘봄계정', description: '회사가 7년 동안 돈을 모으는 계좌예요.' }];
    await world.app.send(ImportEconomicTermsDocument, { terms }, { token: world.token });
    const { phrases: later, fidelity } = await generated();
    expect(later).toEqual([{ expression: '늘봄계정', easy: '회사가 7년 동안 돈을 모으는 계좌예요.' }]);
    expect(fidelity).toEqual({ unsupportedFigures: [], passed: true });
  });
});
