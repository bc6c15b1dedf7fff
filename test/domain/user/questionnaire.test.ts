import { profileOf } from '../../../src/domain/user/reader-profile.service';
import {
  AnswerReaderQuestionsDocument,
  DeleteAccountDocument,
  ExportMyDataDocument,
  MyReaderProfileDocument,
  ReaderProfilesDocument,
  ReaderQuestionsDocument,
} from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import { TestClock } from '../../helpers/clock';

const TYPES = ['ISSUE_FINDER', 'LIFESTYLE_CONSUMER', 'ENTERTAINER', 'TECH_SPECIALIST', 'PROFESSIONAL'];
/** Points and type of each option, a line a question. */
const TABLE = [
  '10I 5I 0-',
  '10I 5I 0-',
  '10I 5I 0-',
  '10L 10E 0-',
  '10L 5L 0-',
  '10P 5E 0-',
  '10T 5T 0-',
  '10T 5T 0-',
  '10P 5P 5E',
  '10P 5P 5E',
].map((line) => line.split(' '));

/** The points that the table gives, in the order of TYPES. */
function expectedPoints(answers: readonly number[]): number[] {
  const points = [0, 0, 0, 0, 0];
  answers.forEach((answer, question) => {
    const option = TABLE[question]![answer]!;
    const type = 'ILETP'.indexOf(option.at(-1)!);
    if (type >= 0) points[type]! += parseInt(option, 10);
  });
  return points;
}

describe('the questionnaire', () => {
  let app: TestApp;
  const clock = new TestClock();

  beforeAll(async () => {
    app = await startTestApp({ clock });
  });
  afterAll(() => app.close());

  const answer = (answers: number[], token?: string) =>
    app.send(AnswerReaderQuestionsDocument, { answers }, { token });
  const profileFor = async (answers: number[]) => (await answer(answers)).data!.answerReaderQuestions.profile;

  it('has ten questions of three options, for anybody, without a statement', async () => {
    app.statements.length = 0;
    const { data, headers } = await app.send(
      ReaderQuestionsDocument,
      {},
      { headers: { 'viewer-id': app.context.viewerIds.issue() } },
    );
    expect(app.statements).toEqual([]);
    expect(headers.get('cache-control')).toBe('public, max-age=60');
    expect(data!.readerQuestions.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(data!.readerQuestions.every(({ options }) => options.length === 3)).toBe(true);
    expect(data!.readerQuestions[3]).toEqual({
      index: 3,
      title: '경제 정보를 어떻게 활용하시나요?',
      options: ['일상 생활에 적용해본다.', '흥미로운 정보는 기억한다.', '크게 활용하지 않는다.'],
    });
  });

  it('gives each option the points of the table', async () => {
    for (const [question] of TABLE.entries())
      for (const option of [0, 1, 2]) {
        const answers = TABLE.map((_, index) => (index === question ? option : 2));
        const { weights } = await profileFor(answers);
        expect(weights.map(({ type }) => type)).toEqual(TYPES);
        expect(weights.map(({ points }) => points)).toEqual(expectedPoints(answers));
      }
  });

  it.each([
    ['the strongest type', [0, 0, 0, 2, 2, 2, 2, 2, 2, 2], 'ISSUE_FINDER', [75, 0, 25, 0, 0]],
    ['the earlier of two equals', [2, 2, 2, 0, 0, 2, 0, 0, 1, 1], 'LIFESTYLE_CONSUMER', [0, 40, 0, 40, 20]],
    ['the last type', [2, 2, 2, 2, 2, 0, 2, 2, 0, 0], 'PROFESSIONAL', [0, 0, 0, 0, 100]],
    ['whoever is not interested', Array<number>(10).fill(2), 'ENTERTAINER', [0, 0, 100, 0, 0]],
  ])('names %s', async (_what, answers, type, percents) => {
    const profile = await profileFor(answers);
    expect(profile.type).toBe(type);
    expect(profile.weights.map(({ percent }) => percent)).toEqual(percents);
  });

  it('names somebody without any points, as an import may bring them, LIFESTYLE_CONSUMER', () => {
    const { type, weights } = profileOf([0, 0, 0, 0, 0], null);
    expect(type).toBe('LIFESTYLE_CONSUMER');
    expect(weights.map(({ percent }) => percent)).toEqual([0, 0, 0, 0, 0]);
  });

  it('of an anonymous reader is answered and not kept', async () => {
    app.statements.length = 0;
    const { data } = await answer(Array<number>(10).fill(0));
    expect(data!.answerReaderQuestions).toMatchObject({
      profile: { type: 'ISSUE_FINDER', answeredAt: expect.any(String) },
      user: null,
    });
    expect(app.statements).toEqual([]);
  });

  it('of a signed-in reader is kept by one statement, and a second answer takes its place', async () => {
    const { accessToken: token, user } = await app.login('reader-1');
    const mine = async () => (await app.send(MyReaderProfileDocument, {}, { token })).data!.me;
    expect(await mine()).toEqual({ id: user.id, readerProfile: null });
    app.statements.length = 0;
    const first = (await answer([0, 0, 0, 2, 2, 2, 2, 2, 2, 2], token)).data!.answerReaderQuestions;
    expect(app.statements.filter((sql) => !sql.includes('"Session"'))).toHaveLength(1);
    expect(first.user).toEqual({ id: user.id, readerProfile: first.profile });
    expect(await mine()).toEqual(first.user);

    clock.advance(60);
    const second = (await answer([2, 2, 2, 2, 2, 2, 0, 0, 1, 1], token)).data!.answerReaderQuestions;
    expect(second.profile.type).toBe('TECH_SPECIALIST');
    expect(Date.parse(second.profile.answeredAt!)).toBeGreaterThan(Date.parse(first.profile.answeredAt!));
    expect(await mine()).toEqual(second.user);
  });

  it('is seen by its reader and by admins, in one statement for a page of users', async () => {
    const reader = await app.login('reader-2');
    const admin = await app.login('admin');
    await answer(Array<number>(10).fill(1), reader.accessToken);
    app.statements.length = 0;
    const { data } = await app.send(ReaderProfilesDocument, { first: 10 }, { token: admin.accessToken });
    expect(app.statements.filter((sql) => !sql.includes('"Session"'))).toHaveLength(1);
    const profiles = new Map(data!.users.edges.map(({ node }) => [node.id, node.readerProfile]));
    expect(profiles.get(reader.user.id)!.type).toBe('ISSUE_FINDER');
    expect(profiles.get(admin.user.id)).toBeNull();
  });

  it('of a reader is in their export, and goes with the account', async () => {
    const { accessToken: token, user } = await app.login('reader-3');
    const exported = async () =>
      (await app.send(ExportMyDataDocument, {}, { token })).data!.exportMyData as { readerProfile: unknown };
    expect((await exported()).readerProfile).toBeNull();
    const { profile } = (await answer(Array<number>(10).fill(0), token)).data!.answerReaderQuestions;
    expect((await exported()).readerProfile).toEqual(profile);
    await app.send(DeleteAccountDocument, {}, { token });
    expect(await app.context.database.prisma.user.count({ where: { id: user.id } })).toBe(0);
    expect((await answer(Array<number>(10).fill(0), token)).status).toBe(401);
  });

  const ten = (place: number, value: unknown) =>
    Array.from({ length: 10 }, (_, n) => (n === place ? value : 0));
  it.each<[string, unknown, string]>([
    ['no answer', [], 'answers.0'],
    ['nine answers', Array(9).fill(0), 'answers.9'],
    ['eleven answers', Array(11).fill(0), 'answers.10'],
    ['10,000 answers', Array(10_000).fill(0), 'answers.10'],
    ['an answer of 3', ten(4, 3), 'answers.4'],
    ['an answer of -1', ten(0, -1), 'answers.0'],
    ['an answer of 1.5', ten(9, 1.5), 'answers.9'],
    ['a string', ten(3, '0'), 'answers.3'],
    ['null', ten(2, null), 'answers.2'],
    ['a word in place of the list', 'all', 'answers'],
  ])('refuses %s and names the question, with nothing kept', async (_what, answers, argument) => {
    const { accessToken: token } = await app.login('reader-4');
    const query =
      'mutation ($answers: [Int!]!) { answerReaderQuestions(answers: $answers) { profile { type } } }';
    const { errors } = await app.query(query, { answers }, { token });
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    expect((await app.send(MyReaderProfileDocument, {}, { token })).data!.me.readerProfile).toBeNull();
  });
});
