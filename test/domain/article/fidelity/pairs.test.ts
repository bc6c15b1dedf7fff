import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { evaluatePairs, type FidelityEvaluation } from '../../../../bench/fidelity/evaluation';
import { isFrozen } from '../../../../bench/fidelity/frozen';
import { readPairs, type Pair } from '../../../../bench/fidelity/pairs-file';

const ROOT = path.resolve(__dirname, '../../../..');
const PAIRS = path.join(ROOT, 'bench/fidelity/pairs.jsonl');
const COMMAND = ['--require', './scripts/register-swc.cjs', 'bench/fidelity/evaluate.ts'];
const BARS = { figures: 0.97, names: 0.93 } as const;

/** Of which no third is frozen. */
const OTHERS = [
  ['of somebody who had not seen the check', 'bench/fidelity/unseen-a.jsonl'],
  ['of a second one', 'bench/fidelity/unseen-b.jsonl'],
  ['of a third one', 'bench/fidelity/unseen-c.jsonl'],
  ['of a fourth one', 'bench/fidelity/unseen-d.jsonl'],
  ['of a fifth one', 'bench/fidelity/unseen-e.jsonl'],
  ['of a sixth one', 'bench/fidelity/unseen-f.jsonl'],
  ['of a seventh one', 'bench/fidelity/unseen-g.jsonl'],
  ['of an eighth one', 'bench/fidelity/unseen-h.jsonl'],
  ['of variants on other topics', 'bench/fidelity/variants.jsonl'],
] as const;

let pairs: Pair[];
let folder: string;

beforeAll(async () => {
  pairs = await readPairs(PAIRS);
  folder = await mkdtemp(path.join(tmpdir(), 'fidelity-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

jest.setTimeout(120_000);

function evaluate(...options: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...COMMAND, ...options], { cwd: ROOT }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

async function file(text: string): Promise<string> {
  const place = path.join(folder, 'some.jsonl');
  await writeFile(place, text);
  return place;
}

describe('the committed pairs', () => {
  it('are at least 300, about half of them altered, about a third of them frozen, each id once', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(300);
    const altered = pairs.filter((pair) => pair.unsupportedFigures.length + pair.unsupportedNames.length > 0);
    expect(altered.length / pairs.length).toBeGreaterThan(0.45);
    expect(altered.length / pairs.length).toBeLessThan(0.6);
    const frozen = pairs.filter(({ id }) => isFrozen(id)).length / pairs.length;
    expect(frozen).toBeGreaterThan(0.3);
    expect(frozen).toBeLessThan(0.42);
    expect(new Set(pairs.map(({ id }) => id)).size).toBe(pairs.length);
  });

  it.each([
    ['of the frozen third', true],
    ['of the others', false],
  ])('%s have their unsupported figures and names found, and hardly anything else', (which, frozen) => {
    expectBars(
      which,
      pairs.filter(({ id }) => isFrozen(id) === frozen),
    );
  });

  it.each(OTHERS)('%s have theirs found, too', async (which, name) => {
    const others = await readPairs(path.join(ROOT, name));
    expect(new Set(others.map(({ id }) => id)).size).toBe(others.length);
    expectBars(which, others);
  });

  function expectBars(which: string, some: readonly Pair[]) {
    const evaluation = evaluatePairs(some);
    const report = (['figures', 'names'] as const).map((what) => {
      const { precision, recall } = evaluation[what];
      return `${what}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`;
    });
    process.stdout.write(`fidelity ${which} (${evaluation.pairs} pairs): ${report.join('; ')}\n`);
    for (const what of ['figures', 'names'] as const) {
      expect(evaluation[what].precision).toBeGreaterThanOrEqual(BARS[what]);
      expect(evaluation[what].recall).toBeGreaterThanOrEqual(BARS[what]);
    }
  }
});

describe('npm run fidelity:evaluate', () => {
  const GOOD = {
    id: 'one',
    original: { title: '금리 동결', content: '한국은행이 기준금리를 연 2.50%로 동결했다.' },
    rewrite: { title: '금리 그대로', content: '한은이 금리를 2.75%로 뒀어요.', comment: null, phrases: [] },
    unsupportedFigures: ['2.75%'],
    unsupportedNames: ['금융위원회'],
    kind: 'percent',
  };

  it('prints precision, recall and F1 over all and by kind, and every miss', async () => {
    const { code, stdout, stderr } = await evaluate('--pairs', await file(`${JSON.stringify(GOOD)}\n\n`));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/precision recall +F1/);
    for (const row of ['all', 'percent']) expect(stdout).toMatch(new RegExp(`^${row} +1 +1\\.000`, 'm'));
    expect(stdout).toContain('one (percent): missed name "금융위원회"');
  });

  it('prints JSON for scripts', async () => {
    const { stdout } = await evaluate('--json', '--pairs', await file(JSON.stringify(GOOD)));
    const evaluation = JSON.parse(stdout) as FidelityEvaluation;
    expect(evaluation.figures).toMatchObject({ expected: 1, reported: 1, precision: 1, recall: 1, f1: 1 });
    expect(evaluation.names).toMatchObject({ expected: 1, reported: 0, recall: 0 });
    expect(evaluation.kinds).toHaveLength(1);
  });

  it.each([
    ['a line that is no JSON', '{"id":', /line 2: it is not JSON$/m],
    ['a line without a rewrite', JSON.stringify({ ...GOOD, rewrite: undefined }), /line 2: rewrite: /],
    [
      'figures that are no strings',
      JSON.stringify({ ...GOOD, unsupportedFigures: [3] }),
      /line 2: unsupportedFigures\.0: /,
    ],
  ])('names %s by its number', async (_what, line, message) => {
    const { code, stderr } = await evaluate('--pairs', await file(`${JSON.stringify(GOOD)}\n${line}\n`));
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it.each([
    ['no file', [], /--pairs is missing/],
    ['a file that is not there', ['--pairs', '/nowhere.jsonl'], /no such file/],
    ['an unknown option', ['--pears', 'x'], /--pears/],
  ])('refuses %s', async (_what, options, message) => {
    const { code, stderr } = await evaluate(...options);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('reads the committed file to its last line', async () => {
    const lines = (await readFile(PAIRS, 'utf8')).trim().split('\n').length;
    expect(pairs).toHaveLength(lines);
  });
});
