import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse';
import { DateTime } from 'luxon';
import type { CatalogueItem } from '../../src/domain/recommendation/model/reading-data';
import { InputError } from './command-line';
import { bareItem, Ids, LogBuilder, type Dataset } from './dataset';

export interface Files {
  interactions: string;
  items?: string | undefined;
  impressions?: string | undefined;
}

/** Numbers from here on are milliseconds: as seconds they would be in the year 5138. */
const MILLISECONDS_FROM = 1e11;
const MAX_TEXT = 20_000;

/** Reads the files row by row. `onProgress` gets the share of bytes read. Throws InputError. */
export async function readDataset(files: Files, onProgress: (fraction: number) => void): Promise<Dataset> {
  const [readers, itemIds] = [new Ids(), new Ids()];
  const items: CatalogueItem[] = [];
  if (files.items !== undefined)
    await readCsv(files.items, ['item_id'], onProgress, (row) => {
      const id = row.text('item_id');
      if (itemIds.indexOf(id) !== items.length)
        throw row.error('item_id', `${JSON.stringify(id)} is there twice`);
      items.push({
        id,
        text: row.optional('text').slice(0, MAX_TEXT),
        category: row.optional('category') || null,
        publisher: row.optional('publisher') || null,
        publishedAt: row.optional('published_at') === '' ? null : row.time('published_at'),
      });
    });
  const log = new LogBuilder();
  await readCsv(files.interactions, ['user_id', 'item_id', 'timestamp'], onProgress, (row) => {
    const reader = readers.indexOf(row.text('user_id'));
    log.add(
      reader,
      itemIds.indexOf(row.text('item_id')),
      row.time('timestamp'),
      row.seconds('dwell_seconds'),
    );
  });
  const shown = new LogBuilder();
  if (files.impressions !== undefined)
    await readCsv(files.impressions, ['user_id', 'item_id', 'timestamp'], onProgress, (row) => {
      const reader = readers.indexOf(row.text('user_id'));
      shown.add(reader, itemIds.indexOf(row.text('item_id')), row.time('timestamp'));
    });
  for (const id of itemIds.names.slice(items.length)) items.push(bareItem(id));
  const { reader, item, at } = shown.build();
  return {
    readers: readers.names.length,
    items,
    log: log.build(),
    ...(shown.length > 0 && { impressions: { reader, item, at } }),
  };
}

async function readCsv(
  file: string,
  required: readonly string[],
  onProgress: (fraction: number) => void,
  onRow: (row: Row) => void,
): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found) throw new InputError(`${file}: there is no such file`);
  if (!found.isFile()) throw new InputError(`${file}: it is not a file`);
  const source = createReadStream(file);
  const parser = source.pipe(parse({ bom: true, trim: true, skip_empty_lines: true, info: true }));
  source.on('error', (error) => parser.destroy(error));
  let header: string[] | null = null;
  let rows = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (header === null) {
        header = record;
        const missing = required.filter((column) => !record.includes(column));
        if (missing.length > 0)
          throw new InputError(`${file} line 1: the column ${missing.join(', ')} is missing`);
        continue;
      }
      onRow(new Row(file, info.lines, header, record));
      rows += 1;
      if (rows % 20_000 === 0) onProgress(source.bytesRead / found.size);
    }
  } catch (error) {
    if (error instanceof CsvError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
  if (rows === 0) throw new InputError(`${file}: there are no rows`);
}

class Row {
  constructor(
    private readonly file: string,
    private readonly line: number,
    private readonly header: readonly string[],
    private readonly record: readonly string[],
  ) {}

  optional(column: string): string {
    const place = this.header.indexOf(column);
    return place < 0 ? '' : this.record[place]!;
  }

  text(column: string): string {
    const text = this.optional(column);
    if (text === '') throw this.error(column, 'it is empty');
    return text;
  }

  /** Unix seconds from seconds, milliseconds or ISO 8601; without a zone it is UTC. */
  time(column: string): number {
    const text = this.text(column);
    const number = Number(text);
    const time = Number.isFinite(number)
      ? number / (Math.abs(number) >= MILLISECONDS_FROM ? 1000 : 1)
      : DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc' }).toSeconds();
    if (Number.isNaN(time)) throw this.error(column, `${JSON.stringify(text)} is not a time`);
    return time;
  }

  /** NaN when it is not given. */
  seconds(column: string): number {
    const text = this.optional(column);
    if (text === '') return NaN;
    const seconds = Number(text);
    if (!(seconds >= 0)) throw this.error(column, `${JSON.stringify(text)} is not a number of seconds`);
    return seconds;
  }

  error(column: string, problem: string): InputError {
    return new InputError(`${this.file} line ${this.line}, column ${column}: ${problem}`);
  }
}
