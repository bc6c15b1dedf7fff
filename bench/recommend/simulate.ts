import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { once } from 'node:events';
import { readArguments, runCommand, wholeNumber } from './command-line';
import { simulateNews } from './newsroom';
import { statisticsOf } from './newsroom-statistics';

/** `npm run recommend:simulate -- --out DIR`: interactions.csv, items.csv and impressions.csv of a simulated service. */
async function main(): Promise<void> {
  const values = readArguments({
    out: { type: 'string', default: '.data/simulated-news' },
    readers: { type: 'string', default: '2000' },
    days: { type: 'string', default: '21' },
    'per-hour': { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
  });
  const news = simulateNews({
    readers: wholeNumber('--readers', values.readers, 1),
    days: wholeNumber('--days', values.days, 1),
    perHour: wholeNumber('--per-hour', values['per-hour'], 1),
    seed: wholeNumber('--seed', values.seed, 0),
  });
  const { log, items, impressions, place } = news;
  await mkdir(values.out, { recursive: true });
  const write = (name: string, lines: Iterable<string>) => writeLines(path.join(values.out, name), lines);
  await write('items.csv', [
    'item_id,category,publisher,text,published_at',
    ...items.map(({ id, category, publisher, text, publishedAt }) =>
      [id, category, publisher, `"${text}"`, new Date(publishedAt! * 1000).toISOString()].join(),
    ),
  ]);
  await write('interactions.csv', [
    'user_id,item_id,timestamp,dwell_seconds',
    ...Array.from(
      log.at,
      (at, row) => `r${log.reader[row]},${items[log.item[row]!]!.id},${at},${log.dwell[row]}`,
    ),
  ]);
  await write('impressions.csv', [
    'user_id,item_id,timestamp,position',
    ...Array.from(
      impressions!.at,
      (at, row) => `r${impressions!.reader[row]},${items[impressions!.item[row]!]!.id},${at},${place![row]}`,
    ),
  ]);
  console.log(
    `${log.at.length} openings of ${items.length} articles, ${impressions!.at.length} impressions: ${values.out}`,
  );
  console.log(statisticsOf(news));
}

async function writeLines(file: string, lines: Iterable<string>): Promise<void> {
  const stream = createWriteStream(file);
  for (const line of lines) if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

runCommand('recommend:simulate', main);
