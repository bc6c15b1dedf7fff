import economicTerms from '../../prisma/seed/economic-terms.json';
import { readArguments, runCommand } from '../recommend/command-line';
import { evaluateQuestions, type Questions, type Score } from './evaluation';
import ours from './questions.json';

const USAGE = `npm run glossary:evaluate -- [--frozen-misses]
  How many questions about the glossary of new installations findTerm answers, by kind; the frozen ones, told by a hash
  of the question, are kept from whoever tunes it: their misses are shown only when asked for.`;

async function main(): Promise<void> {
  const values = readArguments({
    'frozen-misses': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) return console.log(USAGE);
  const terms = economicTerms.map((term) => ({ ...term, aliases: term.aliases ?? [] }));
  const scores = await evaluateQuestions(terms, ours as unknown as Questions);
  console.log(tableOf(scores));
  const shown = scores.filter(({ isFrozen }) => !isFrozen || values['frozen-misses']);
  for (const { kind, misses } of shown)
    for (const { question, expected, found } of misses)
      console.log(
        `  ${kind}: ${JSON.stringify(question)} finds ${found ?? 'nothing'}, not ${expected ?? 'nothing'}`,
      );
}

function tableOf(scores: readonly Score[]): string {
  const kinds = [...new Set(scores.map(({ kind }) => kind))];
  const cell = (part: readonly Score[]) => {
    const asked = part.reduce((sum, score) => sum + score.asked, 0);
    const right = part.reduce((sum, score) => sum + score.right, 0);
    return `${right} of ${asked}`.padStart(12) + (right / asked).toFixed(3).padStart(7);
  };
  const row = (name: string, of: readonly Score[]) =>
    name.padEnd(14) +
    cell(of.filter(({ isFrozen }) => !isFrozen)) +
    cell(of.filter(({ isFrozen }) => isFrozen));
  return [
    `${''.padEnd(14)}${'tuned'.padStart(19)}${'frozen'.padStart(19)}`,
    ...kinds.map((kind) =>
      row(
        kind,
        scores.filter((score) => score.kind === kind),
      ),
    ),
    row('all', scores),
  ].join('\n');
}

runCommand('glossary:evaluate', main);
