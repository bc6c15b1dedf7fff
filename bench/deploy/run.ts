import path from 'node:path';
import { parseArgs } from 'node:util';
import { Lifetime } from '../../src/context/lifetime';
import { Progress } from '../../src/dev/progress';
import { buildImage, imageToolsFault } from '../../test/helpers/oci-image';
import { haproxyIsInstalled } from '../haproxy';
import { linesOf } from '../live-socket';
import { round } from '../report';
import { median, quantile } from '../rounds';
import { FIRST, NEXT, rehearse, STEPS, type Deployment } from './rehearsal';

const IMAGE = 'localhost/gyeongdan-rehearsal';
const ROOT = path.resolve(__dirname, '../..');
const REQUESTS_PER_SECOND = 300;
const SOCKETS = 100;
const EXIT_MISSED = 1;
const EXIT_NO_IMAGES_HERE = 2;

/**
 * `npm run rehearse:deploy [-- --image NAME]`: a release under traffic, and one that never becomes ready, from the image of this
 * checkout, or one that is there. Exits with 1 when a bar is missed, with 2 where no image can be built or run.
 */
async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { image: { type: 'string' } } });
  const fault = imageToolsFault() ?? (haproxyIsInstalled() ? null : 'haproxy missing');
  if (fault !== null) {
    console.error(`No release can be rehearsed here: ${fault}. It needs root, buildah, crun, haproxy.`);
    process.exitCode = EXIT_NO_IMAGES_HERE;
    return;
  }
  const progress = new Progress(STEPS + 1);
  const opened = new Lifetime();
  // Neither containers nor images are left behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      progress.end();
      void opened.close().finally(() => process.exit(130));
    });
  try {
    progress.step('the image is built');
    if (values.image === undefined) buildImage(IMAGE, ROOT);
    const { rolled, broken } = await rehearse(
      {
        image: values.image ?? IMAGE,
        requestsPerSecond: REQUESTS_PER_SECOND,
        jobsPerSecond: 1,
        sockets: SOCKETS,
        patience: { answers: 180, ready: 60 },
        brokenPatience: { answers: 180, ready: 10 },
        onStep: (step) => progress.step(step),
      },
      opened,
    );
    progress.end();
    const reached = printTable(rolled, broken);
    if (!reached) process.exitCode = EXIT_MISSED;
  } finally {
    progress.end();
  }
}

/** True when every bar is reached. */
function printTable(rolled: Deployment, broken: Deployment): boolean {
  const both = [rolled, broken];
  const bars: [what: string, value: (of: Deployment) => number, bars: [rolled: number, broken: number]][] = [
    ['requests that failed', ({ traffic }) => traffic.failures.length, [0, 0]],
    ['sockets told the end of every job', ({ traffic }) => traffic.socketsComplete, [SOCKETS, SOCKETS]],
    [
      'sockets that had to come back',
      ({ traffic }) => traffic.openings.filter((n) => n > 1).length,
      [SOCKETS, 0],
    ],
    ['subscriptions refused', ({ traffic }) => traffic.refusals.length, [0, 0]],
    ['jobs lost', ({ traffic }) => traffic.jobsLost, [0, 0]],
    ['articles written twice', ({ traffic }) => traffic.writtenTwice, [0, 0]],
    ['processes that stopped badly', ({ badEnds }) => badEnds.length, [0, 0]],
    [
      'tasks of the first release left',
      ({ running }) => running.filter((one) => one === FIRST).length,
      [0, 0],
    ],
    ['tasks of the next release', ({ running }) => running.filter((one) => one === NEXT).length, [3, 3]],
    ['services rolled back', ({ rolledBack }) => Object.values(rolledBack).filter(Boolean).length, [0, 2]],
  ];
  const rows = [
    ['', 'next release', 'broken release', 'bar', ''],
    ['took, seconds', ...both.map(({ seconds }) => seconds.toFixed(1)), '', ''],
    ['requests of readers', ...both.map(({ traffic }) => String(traffic.times.length)), '', ''],
    [
      'median, p99, ms',
      ...both.map(({ traffic: { times } }) => `${round(median(times))}, ${round(quantile(times, 0.99))}`),
      '',
      '',
    ],
    ['articles asked for', ...both.map(({ traffic }) => String(traffic.jobs)), '', ''],
  ];
  let reached = true;
  for (const [what, valueOf, wanted] of bars) {
    const values = both.map(valueOf);
    const ok = values.every((value, n) => value === wanted[n]);
    reached &&= ok;
    const bar = wanted[0] === wanted[1] ? String(wanted[0]) : wanted.join(', ');
    rows.push([what, ...values.map(String), bar, ok ? 'ok' : 'MISSED']);
  }
  const widths = rows[0]!.map((_, n) => Math.max(...rows.map((row) => row[n]!.length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, n) => cell.padEnd(widths[n]!))
        .join('  ')
        .trimEnd(),
    );
  for (const { rolledBack, badEnds, traffic } of both)
    for (const line of [
      ...Object.values(rolledBack).flatMap((why) => (why === null ? [] : [`rolled back: ${why}`])),
      ...badEnds,
      ...linesOf(traffic.failures),
      ...linesOf(traffic.refusals),
    ])
      console.log(line);
  return reached;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = EXIT_MISSED;
});
