import { seedSources } from '../../../bench/answers/seed';
import { openDatabase, type Database } from '../../../src/adapters/database/database';
import { PassageFinder } from '../../../src/domain/answer/finding/passage-finder';
import { SourcedAnswerer } from '../../../src/domain/answer/sourced-answerer';
import { ExtractiveAnswerWriter } from '../../../src/domain/answer/writing/extractive-answer-writer';
import { Glossary } from '../../../src/domain/glossary/glossary';
import { systemClock } from '../../../src/domain/shared/clock';
import { createLogger } from '../../../src/logger';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

let made: TestDatabase;
let database: Database;
let answerer: SourcedAnswerer;

beforeAll(async () => {
  made = await createTestDatabase();
  const logger = createLogger({ level: 'silent', pretty: false });
  database = openDatabase({ url: made.url, connections: 4, logger });
  const glossary = new Glossary({ ...database, clock: systemClock });
  await seedSources(database.prisma, glossary);
  const finder = new PassageFinder({ ...database, glossary, clock: systemClock });
  answerer = new SourcedAnswerer(finder, new ExtractiveAnswerWriter());
});
afterAll(async () => {
  await database.close();
  await made.drop();
});

async function ask(question: string, beside?: string) {
  const article =
    beside && (await database.prisma.article.findFirstOrThrow({ where: { title: { contains: beside } } }));
  return answerer.answer(
    { question, articleId: article ? article.id : null },
    { signal: new AbortController().signal, jobId: 'job', onText: () => undefined },
  );
}

/** The first source, or why there is none. */
async function sourceOf(question: string, beside?: string): Promise<string> {
  const { sources, text } = await ask(question, beside);
  return sources[0] ? `${sources[0].kind}: ${sources[0].title}` : text;
}

describe('A question about the service', () => {
  it.each([
    ['기사가 틀린 것 같은데 어디에 말해요?', '잘못된 내용'],
    ['기사에 오타가 있어요 어디다 신고해요', '잘못된 내용'],
    ['이 기사 숫자가 틀렸는데 고쳐 주세요', '잘못된 내용', '최저임금'],
    ['잘못된 기사 제보하고 싶어요', '잘못된 내용'],
    ['원문이랑 내용이 달라요. 어디에 알려 드리나요?', '잘못된 내용', '눈높이'],
    ['운영자에게 연락하고 싶어요', '문의'],
    ['문의는 어디로 하나요?', '문의'],
    ['운영자에게 연락할 이메일 있나요?', '문의'],
    ['고객센터 연락처 있나요', '문의'],
    ['탈퇴하고 싶어요', '탈퇴'],
    ['계정 삭제는 어떻게 해요?', '탈퇴'],
    ['회원 탈퇴하려면?', '탈퇴'],
    ['로그인이 안 돼요', '로그인은'],
    ['로그인 오류가 나요', '로그인은'],
    ['접속이 자꾸 실패하는데요', '로그인은'],
    ['로그인 안 해도 기사 읽을 수 있어요?', '로그인하지'],
    ['산지니는 뭘 할 수 있어?', '산지니는'],
    ['산지니가 뭐예요?', '산지니는'],
    ['너는 무엇을 도와줄 수 있니?', '산지니는'],
    ['뭘 물어보면 돼요?', '산지니는'],
    ['왜 모르겠다고만 해요?', '모르겠다고'],
    ['산지니는 왜 대답을 못 해?', '모르겠다고'],
    ['하루에 질문 몇 개까지 할 수 있어요?', '하루에'],
    ['질문 횟수 제한이 있나요?', '하루에'],
    ['뉴스레터 받고 싶어요', '뉴스레터'],
    ['이제 오는 뉴스레터를 끊고 싶어요', '뉴스레터'],
    ['뉴스레터 구독 해지는 어떻게 하나요?', '뉴스레터'],
  ])('%s is answered from the FAQ', async (question, title, beside?: string) => {
    expect(await sourceOf(question, beside)).toMatch(new RegExp(`^faq: .*${title}`));
  });

  it.each([
    ['최저임금보다 적게 받으면 어디에 신고해요?', '최저임금'],
    ['이 칼럼은 뭐가 틀렸다고 해요?', '눈높이', '눈높이'],
    ['개인정보가 유출됐는데 어디에 조정을 신청해요?', '내 정보'],
    ['딥페이크 표시는 왜 해요?', '표시'],
    ['이 기사에서 누가 의견을 냈어요?', '무료 배달', '무료 배달'],
  ])('is not %s', async (question, title, beside?: string) => {
    expect(await sourceOf(question, beside)).toMatch(new RegExp(`^article: .*${title}`));
  });
});

describe('An answer from a column', () => {
  it.each([
    ['이 칼럼 결론이 뭐예요?', '눈높이', '칼럼', '해법은 벽을 낮추는 데 있어요'],
    ['글쓴이는 뭐라고 주장해요?', '4.5일제', '사설', '똑같은 시계를 채우려 해서는 안'],
    ['필자는 어떻게 하자고 해?', '무료 배달', '글', '영수증에 나누어 적는'],
    ['결론만 알려 줘', '물가가 내려가면', '글', '소득을 키우는 쪽'],
    ['필자의 주장이 뭐야', '주식으로 돈을', '칼럼', '내 계획을 기준으로'],
  ])('says whose view it is and what they come to: %s', async (question, beside, form, conclusion) => {
    const { text } = await ask(question, beside);
    expect(text).toMatch(new RegExp(`^이 ${form}을 쓴 사람은 이렇게 봐요\\.`));
    expect(text).toContain(conclusion);
  });

  it('is told apart from news', async () => {
    expect((await ask('김장 비용 얼마나 줄었어?')).text).not.toContain('쓴 사람');
  });
});

describe('What a question wrongly takes for granted', () => {
  it.each([
    ['김장 비용이 작년보다 올랐다면서요?', '줄었다고'],
    ['한국은행이 기준금리를 내렸다던데 왜 내렸어요?', '그대로 두기로'],
    ['고춧가루가 싸졌다는데 얼마나 싸졌어요?', '12% 비싸졌고'],
    ['태어나는 아기가 계속 줄고 있죠?', '15개월 연속 늘었어요'],
    ['버스를 무료로 하고 타는 사람이 줄었다면서요', '37% 늘었다고'],
    ['내년 최저임금이 1만 2천 원으로 정해졌다면서요?', '1만 660원'],
    ['OTT 광고 요금제가 월 9,900원이라던데 맞아요?', '7,000원'],
  ])('is set right: %s', async (question, told) => {
    const { text } = await ask(question);
    expect(text).toMatch(
      /^(?:질문과 다르게, 기사에는|질문에 있는 ‘[^’]+’은\(는\) 기사에서 찾지 못했어요\. 기사에는) 이렇게 나와요\./,
    );
    expect(text).toContain(told);
  });

  it.each([
    '김장 비용이 줄었다면서요?', '배춧값이 내려온 이유가 뭐예요?', '공장 전기요금이 올랐어요?', 'LNG 운반선 가격이 올랐다던데 얼마예요?',
    '월급이 300만 원이면 국민연금을 얼마나 더 내요?', '금리를 내리면 집값은 어떻게 돼요?', '내년 최저임금이 1만 660원 맞아요?', '저는 월급이 250만 원인데 국민연금 보험료 얼마나 더 내요?',
  ])('is nothing of %j', async (question) => {
    expect((await ask(question)).text).not.toMatch(/질문과 다르게|찾지 못했어요/);
  }); // prettier-ignore
});

describe('Several terms in one question', () => {
  it.each([
    ['기준금리와 환율은 뭐예요?', ['기준금리', '환율']],
    ['예금이랑 적금 차이가 뭐예요?', ['예금', '적금']],
    ['PER, PBR, ROE가 각각 뭐예요?', ['주가수익비율(PER)', '주가순자산비율(PBR)', '자기자본이익률(ROE)']],
    ['흑자랑 적자 둘 다 설명해 줘', ['흑자', '적자']],
    ['인플레이션이 뭐예요? 디플레이션은요?', ['인플레이션', '디플레이션']],
    ['명목금리와 실질금리는 어떻게 달라요?', ['명목금리', '실질금리']],
  ])('are all told and named: %s', async (question, terms) => {
    const { sources, text } = await ask(question);
    expect(sources.map(({ title }) => title).sort()).toEqual([...terms].sort());
    for (const [index] of terms.entries()) expect(text).toContain(`[${index + 1}]`);
  });

  it.each([
    ['단리는 이제 알겠어. 그럼 복리는?', '복리'],
    ['소득공제 말고 세액공제가 뭐예요?', '세액공제'],
  ])('are one where only one is asked for: %s', async (question, term) => {
    expect((await ask(question)).sources.map(({ title }) => title)).toEqual([term]);
  });
});

describe('What is offered in place of an answer', () => {
  it.each([
    ['튀르키예 기준금리는 몇 퍼센트예요?', '기준금리가 무엇인가요?'],
    ['부산 스키장은 몇 시에 열어요?', '스키장이 사라져요'],
    ['삼성전자 주식 사도 돼요?', '주식이 무엇인가요?'],
  ])('is near to %s', async (question, near) => {
    const { isUnknown, text } = await ask(question);
    expect(isUnknown).toBe(true);
    expect(text).toContain(near);
  });
});
