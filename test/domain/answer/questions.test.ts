import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { evaluateAnswers } from '../../../bench/answers/evaluation';
import { readQuestions } from '../../../bench/answers/questions-file';
import { seedSources } from '../../../bench/answers/seed';
import { openDatabase, type Database } from '../../../src/adapters/database/database';
import { ExtractiveAnswerWriter } from '../../../src/domain/answer/writing/extractive-answer-writer';
import { PassageFinder } from '../../../src/domain/answer/finding/passage-finder';
import { SourcedAnswerer } from '../../../src/domain/answer/sourced-answerer';
import { Glossary } from '../../../src/domain/glossary/glossary';
import { systemClock } from '../../../src/domain/shared/clock';
import { createLogger } from '../../../src/logger';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

const ROOT = path.resolve(__dirname, '../../..');
const BAR = 0.9;

describe('Readers’ questions over what npm start begins with', () => {
  let made: TestDatabase;
  let database: Database;
  let glossary: Glossary;

  beforeAll(async () => {
    made = await createTestDatabase();
    const logger = createLogger({ level: 'silent', pretty: false });
    database = openDatabase({ url: made.url, connections: 4, logger });
    glossary = new Glossary({ ...database, clock: systemClock });
    await seedSources(database.prisma, glossary);
  });
  afterAll(async () => {
    await database.close();
    await made.drop();
  });

  it.each([
    ['that were written before anything was tuned', 'frozen.jsonl'],
    ['that the search was tuned on', 'questions.jsonl'],
    ['of somebody who had not seen the search', 'unseen-a.jsonl'],
    ['of a second one', 'unseen-b.jsonl'],
    ['of a third one', 'unseen-c.jsonl'],
    ['of a fourth one, as they are spoken', 'unseen-d.jsonl'],
  ])('%s are answered from the right source', async (_what, file) => {
    const answerer = new SourcedAnswerer(
      new PassageFinder({ ...database, glossary, clock: systemClock }),
      new ExtractiveAnswerWriter(),
    );
    const questions = await readQuestions(path.join(ROOT, 'bench/answers', file));
    const { accuracy, kinds, misses } = await evaluateAnswers({ answerer, ...database }, questions);
    process.stdout.write(
      `${file}: ${kinds.map(({ kind, right, questions: of }) => `${kind} ${right} of ${of}`).join(', ')}\n`,
    );
    expect({ accuracy: accuracy >= BAR || accuracy, misses: accuracy >= BAR ? [] : misses }).toEqual({
      accuracy: true,
      misses: [],
    });
  });

  it.each([
    ['an ending of speech', 'cma통장이 먼데', 'glossary:종합자산관리계좌(CMA)'],
    ['words run together', '리츠 이게머임', 'glossary:리츠(REITs)'],
    ['a name with a space in it', '디폴트 옵션 고르라고 문자왔는데 이게머임', 'glossary:사전지정운용제도'],
    [
      'a name that has slipped the mind',
      '칩 설계만 하고 공장은 안갖고있는 회사 이름 까먹음',
      'glossary:팹리스',
    ],
    ['a description that ends in 거', '은행 망한다는 소문 돌아서 다들 돈빼러 달려가는거', 'glossary:뱅크런'],
    ['what is not meant', 'gdp말고 우리 국민이 해외에서 번것까지 다 치는 지표', 'glossary:국민총소득(GNI)'],
    ['what a term is good for', '연말 정산 그거 왜 하는거야', 'glossary:연말정산'],
    ['everyday words for the news’s', '알바 시급 내년에 얼마됨?', 'article:최저임금'],
    ['filling words', '걍 재미로 ai그림 그린 사람도 과태료 내야돼?', 'article:사진에는'],
    ['words that no source has', '통신사 유심 털린거 벌금 얼마 맞았더라', 'article:보상은'],
    ['an age that is a limit', '자취생 방세 나라에서 보태주는거 몇살까지 되나여', 'article:월세'],
    ['the service in everyday words', '계정 없애면 내 기록도 싹다 지워져?', 'faq:탈퇴하면'],
    ['how to begin', '로그인 어캐함? 비번 만든 기억이 없는데', 'faq:로그인은'],
    ['a name that no source has', '비트코인 올해 안에 얼마까지 갈거같아', 'unknown'],
    ['somebody whom no source names', 'e스포츠 결승전에서 MVP 받은 선수 이름 알려줘', 'unknown'],
  ])('are understood with %s', async (_what, question, source) => {
    const finder = new PassageFinder({ ...database, glossary, clock: systemClock });
    const answerer = new SourcedAnswerer(finder, new ExtractiveAnswerWriter());
    const { misses } = await evaluateAnswers({ answerer, ...database }, [{ question, expect: source }]);
    expect(misses).toEqual([]);
  });
});

describe('npm run answers:evaluate', () => {
  const GOOD = '{"question": "금리가 뭐야?", "expect": "glossary:금리"}';

  it.each([
    ['a line that is no JSON', '{"question":', /line 2: it is not JSON$/m],
    ['a line without a question', '{"expect": "unknown"}', /line 2: question: /],
    ['a source of no kind', '{"question": "금리?", "expect": "term:금리"}', /line 2: expect: it is none of /],
    ['a term without a name', '{"question": "금리?", "expect": "glossary:"}', /line 2: expect: /],
  ])('names %s by its number', async (_what, line, message) => {
    const { code, stderr } = await evaluate('--questions', await fileOf(`${GOOD}\n${line}\n`));
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it.each([
    ['no file', [], /--questions is missing/],
    ['a file that is not there', ['--questions', '/nowhere.jsonl'], /no such file/],
    ['an unknown option', ['--asked', 'x'], /--asked/],
  ])('refuses %s', async (_what, options, message) => {
    const { code, stderr } = await evaluate(...options);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

async function fileOf(text: string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'questions-')), 'questions.jsonl');
  await writeFile(file, text);
  return file;
}

function evaluate(...options: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = ['--require', './scripts/register-swc.cjs', 'bench/answers/evaluate.ts', ...options];
  return new Promise((resolve) =>
    execFile(process.execPath, command, { cwd: ROOT }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  );
}
