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
