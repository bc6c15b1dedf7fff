import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shop } from '../../../bench/recommend/shapes';

const ROOT = path.resolve(__dirname, '../../..');
const COMMAND = ['--require', './scripts/register-swc.cjs', 'bench/recommend/evaluate.ts'];

const MODELS = [
  'popularity',
  'recent popularity',
  'item-kNN',
  'EASE',
  'group ALS',
  'model without reader',
  'shipped model',
];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'recommend-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function evaluate(...options: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...COMMAND, ...options], { cwd: ROOT }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

async function file(name: string, text: string): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, text);
  return place;
}

/** A small shop's log as a file; `time` writes the timestamps. */
function shopFile(name: string, time: (seconds: number) => string | number): Promise<string> {
  const { log } = shop({ readers: 60, items: 80, reads: 5, seed: 2 });
  const rows = Array.from(log.at, (at, row) => `u${log.reader[row]},p${log.item[row]},${time(at)}`);
  return file(name, `user_id,item_id,timestamp\n${rows.join('\n')}\n`);
}

describe('npm run recommend:evaluate', () => {
  it('prints a table for people, and says what the calibration error lacks', async () => {
    const { code, stdout, stderr } = await evaluate('--interactions', await shopFile('shop.csv', (at) => at));
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/model +Recall@10 +NDCG@10 +coverage +ECE +training s/);
    for (const model of MODELS)
      expect(stdout).toMatch(new RegExp(`^${model}( +\\d\\.\\d{4}){3} +n/a +\\d`, 'm'));
    expect(stdout).toMatch(/^recent popularity: half-life \d+ [hd] \(found on held-back parts\)$/m);
    expect(stdout).toMatch(/^EASE: λ \d+ /m);
    expect(stdout).toMatch(/^knowing the reader: NDCG@10 × \d\.\d\d of the best that does not \(.*\)$/m);
    expect(stdout).toMatch(/\nECE is n\/a without --impressions \(.*\n$/);
  });

  it('prints JSON for scripts, the same for seconds, milliseconds and ISO 8601, under both protocols', async () => {
    const results = [];
    for (const time of [
      (at: number) => at,
      (at: number) => at * 1000,
      (at: number) => new Date(at * 1000).toISOString().replace('T', ' ').replace('Z', ''),
    ]) {
      const interactions = await shopFile('times.csv', time);
      const { stdout } = await evaluate('--interactions', interactions, '--json', '--protocol', 'temporal');
      const evaluation = JSON.parse(stdout) as { protocol: string; results: Record<string, number | null>[] };
      expect(evaluation.protocol).toBe('temporal');
      results.push(evaluation.results.map(({ trainingSeconds: _, ...result }) => result));
    }
    expect(results[0]!.map(({ model }) => model)).toEqual(MODELS);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  const GOOD = 'user_id,item_id,timestamp\na,x,1\n';
  it.each([
    ['a missing column', 'user_id,timestamp\na,1\n', /bad\.csv line 1: the column item_id is missing \(also understood: item, .*movie_id, .*\)$/],
    ['an unreadable time', `${GOOD}b,y,soon\n`, /bad\.csv line 3, column timestamp: "soon" is not a time$/],
    ['an unreadable dwell time', 'user_id,item_id,timestamp,dwell_seconds\na,x,1,-3\n', /line 2, column dwell_seconds: "-3"/],
    ['a row without an item', `${GOOD}b,,2\n`, /line 3, column item_id: it is empty$/],
    ['a row that is too short', `${GOOD}b,y\n`, /bad\.csv: .*line 3/],
    ['a rating without its time', 'userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n1,32,4.0,\n', /line 3, column timestamp: it is empty$/],
    ['a quote that does not end', `${GOOD}b,"y,2\nc,z,3\n`, /bad\.csv: .*line \d/],
    ['openings at one moment, asked what came after', `${GOOD}b,y,1\nb,x,1\n`, /bad\.csv: temporal finds no opening to hold out$/, '--protocol', 'temporal'],
    ['a file without rows', 'user_id,item_id,timestamp\n', /bad\.csv: there are no rows$/],
    ['an empty file', '', /bad\.csv: there are no rows$/],
    ['readers of one item each', `${GOOD}b,x,2\n`, /bad\.csv: last-out finds no opening to hold out$/],
  ])('refuses %s in one line, with exit code 2', async (_, text, message, ...options: string[]) => {
    const { code, stdout, stderr } = await evaluate('--interactions', await file('bad.csv', text), ...options);
    expect(stderr.trim()).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect([code, stdout]).toEqual([2, '']);
  }); // prettier-ignore

  it('refuses a file that is not there, a folder, an unknown protocol and an item that is there twice', async () => {
    const interactions = await file('good.csv', GOOD);
    const missing = await evaluate('--interactions', path.join(folder, 'no.csv'));
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no\.csv: there is no such file\n$/) as string,
    });
    const itself = await evaluate('--interactions', folder);
    expect(itself.code).toBe(2);
    expect(itself.stderr).toMatch(/: it is not a file\n$/);
    const protocol = await evaluate('--interactions', interactions, '--protocol', 'random');
    expect(protocol).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/last-out or temporal, not random/) as string,
    });
    const items = await file('items.csv', 'item_id,category,text,published_at\nx,A,,\nx,B,,\n');
    const twice = await evaluate('--interactions', interactions, '--items', items);
    expect(twice).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/line 3, column item_id: "x" is there twice/) as string,
    });
  });
});
