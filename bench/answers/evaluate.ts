import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, type Database } from '../../src/adapters/database/database';
import { migrateDatabase } from '../../src/adapters/database/migrations';
import { startEmbeddedPostgres } from '../../src/dev/embedded-postgres/embedded-postgres';
import { ExtractiveAnswerWriter } from '../../src/domain/answer/writing/extractive-answer-writer';
import { PassageFinder } from '../../src/domain/answer/finding/passage-finder';
import { SourcedAnswerer } from '../../src/domain/answer/sourced-answerer';
import { Glossary } from '../../src/domain/glossary/glossary';
import { systemClock } from '../../src/domain/shared/clock';
import { createLogger } from '../../src/logger';
import { InputError, readArguments, runCommand } from '../recommend/command-line';
import { evaluateAnswers, type AnswersEvaluation } from './evaluation';
import { readQuestions } from './questions-file';
import { seedSources } from './seed';

const USAGE = `npm run answers:evaluate -- --questions FILE.jsonl [--json]
  a line: { "question", "articleContext"?, "expect": "glossary:<term>" | "article:<word of its title>" | "faq:<word>" | "unknown" }
  articleContext is a word of the title of the article that is being read. The sources are those that npm start begins with
  and the articles of its demo newspaper, rewritten and published; right is a question whose answer names the expected one first.`;

async function main(): Promise<void> {
  const values = readArguments({
    questions: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) return console.log(USAGE);
  if (values.questions === undefined) throw new InputError(`--questions is missing\n${USAGE}`);
  const questions = await readQuestions(values.questions);
  const evaluation = await withDatabase(async ({ prisma, pool }) => {
    const glossary = new Glossary({ pool, clock: systemClock });
    await seedSources(prisma, glossary);
    const finder = new PassageFinder({ pool, glossary, clock: systemClock });
    const answerer = new SourcedAnswerer(finder, new ExtractiveAnswerWriter());
    return evaluateAnswers({ answerer, prisma }, questions);
  });
  console.log(values.json ? JSON.stringify(evaluation) : tableOf(evaluation));
}

async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-answers-'));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder, settings: { fsync: 'off' } });
  try {
    await postgres.ensureDatabase('answers');
    await migrateDatabase(postgres.url('answers'));
    const logger = createLogger({ level: 'silent', pretty: false });
    const database = openDatabase({ url: postgres.url('answers'), connections: 4, logger });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function tableOf({ kinds, misses, ...all }: AnswersEvaluation): string {
  const row = ({ kind, questions, right, accuracy }: AnswersEvaluation['kinds'][number]) =>
    `${kind.padEnd(10)}${`${right} of ${questions}`.padStart(12)}${accuracy.toFixed(3).padStart(8)}`;
  return [
    ...[...kinds, { kind: 'all', ...all }].map(row),
    ...misses.map(
      ({ question, articleContext, expect, answeredBy }) =>
        `  ${JSON.stringify(question)}${articleContext ? ` beside ${JSON.stringify(articleContext)}` : ''}: ${answeredBy}, not ${expect}`,
    ),
  ].join('\n');
}

runCommand('answers:evaluate', main);
