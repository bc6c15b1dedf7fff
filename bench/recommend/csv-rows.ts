import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse';
import { DateTime } from 'luxon';
import { InputError } from './command-line';

/** Our name of each column, then how others call it; capitals, blanks, `_` and `-` make no difference. */
const NAMES = {
  user_id: ['user', 'uid', 'reader', 'reader_id', 'visitor', 'visitor_id', 'customer', 'customer_id', 'member_id', 'account_id', 'client_id', 'device_id', 'session_id'],
  item_id: ['item', 'iid', 'article', 'article_id', 'news', 'news_id', 'movie', 'movie_id', 'product', 'product_id', 'book_id', 'track_id', 'song_id', 'artist_id', 'content_id', 'document_id', 'doc_id', 'video_id', 'asin', 'isbn'],
  timestamp: ['time', 'ts', 'unix_time', 'date_time', 'date', 'at', 'created_at', 'event_time', 'viewed_at', 'shown_at', 'clicked_at'],
  dwell_seconds: ['dwell', 'dwell_time', 'read_time', 'read_seconds', 'seconds'],
  clicked: ['click', 'is_click', 'is_clicked', 'opened', 'label'],
  text: ['title', 'headline', 'name', 'body', 'content', 'abstract', 'description'],
  category: ['genre', 'genres', 'section', 'topic'],
  published_at: ['published', 'published_time', 'publish_time', 'released_at', 'release_date'],
} as const; // prettier-ignore

export type Column = keyof typeof NAMES;

/** Numbers from here on are milliseconds, and microseconds: as seconds they would be in the year 5138. */
const MILLISECONDS_FROM = 1e11;
const MICROSECONDS_FROM = 1e14;
const AMERICAN = ['M/d/yyyy h:mm:ss a', 'M/d/yyyy H:mm:ss', 'M/d/yyyy H:mm', 'M/d/yyyy'];
const DELIMITERS = [',', '\t', ';', '::', '|'];
const YES = /^(true|t|yes|y)$/i;
const NO = /^(false|f|no|n)$/i;

/** Tells `onRow` each row; the delimiter is the one of the header. Throws InputError, with the line. */
export async function readCsv(
  file: string,
  required: readonly Column[],
  onProgress: (fraction: number) => void,
  onRow: (row: Row) => void,
): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found) throw new InputError(`${file}: there is no such file`);
  if (!found.isFile()) throw new InputError(`${file}: it is not a file`);
  const source = createReadStream(file);
  const parser = source.pipe(
    parse({
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
      relax_quotes: true,
      delimiter: await delimiterOf(file),
    }),
  );
  source.on('error', (error) => parser.destroy(error));
  let columns: Columns | null = null;
  let rows = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (columns === null) {
        columns = new Columns(record);
        for (const column of required)
          if (!columns.has(column))
            throw new InputError(
              `${file} line 1: the column ${column} is missing (also understood: ${NAMES[column].join(', ')})`,
            );
        continue;
      }
      onRow(new Row(file, info.lines, columns, record));
      rows += 1;
      if (rows % 20_000 === 0) onProgress(source.bytesRead / found.size);
    }
  } catch (error) {
    if (error instanceof CsvError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
  if (rows === 0) throw new InputError(`${file}: there are no rows`);
}

/** The one that the first line has most of. */
async function delimiterOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16_384), 0, 16_384, 0);
    const [header] = buffer.toString('utf8', 0, bytesRead).split(/\r?\n|\r/);
    const columnsBy = (delimiter: string) => header!.split(delimiter).length;
    return DELIMITERS.reduce((best, other) => (columnsBy(other) > columnsBy(best) ? other : best));
  } finally {
    await handle.close();
  }
}

/** Which places of a row have what we call so: the first of its names that is there, then the others. */
class Columns {
  private readonly places = new Map<Column, number[]>();

  constructor(private readonly header: readonly string[]) {
    const bare = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
    const given = header.map(bare);
    for (const [column, others] of Object.entries(NAMES) as [Column, readonly string[]][]) {
      const places = [column, ...others].map((name) => given.indexOf(bare(name)));
      this.places.set(
        column,
        [...new Set(places)].filter((place) => place >= 0),
      );
    }
  }

  placesOf(column: Column): readonly number[] {
    return this.places.get(column)!;
  }

  has(column: Column): boolean {
    return this.placesOf(column).length > 0;
  }

  /** As the file calls it. */
  nameOf(column: Column): string {
    return this.header[this.placesOf(column)[0]!]!;
  }
}

export class Row {
  constructor(
    private readonly file: string,
    private readonly line: number,
    private readonly columns: Columns,
    private readonly record: readonly string[],
  ) {}

  has(column: Column): boolean {
    return this.columns.has(column);
  }

  optional(column: Column): string {
    return this.all(column)[0] ?? '';
  }

  /** Of all columns that mean the same, as title and content are both text. */
  all(column: Column): string[] {
    return this.columns.placesOf(column).map((place) => this.record[place]!);
  }

  text(column: Column): string {
    const text = this.optional(column);
    if (text === '') throw this.error(column, 'it is empty');
    return text;
  }

  /** Unix seconds from seconds, milliseconds, microseconds or a date; without a zone it is UTC. */
  time(column: Column): number {
    const text = this.text(column);
    const time = timeOf(text);
    if (Number.isNaN(time)) throw this.error(column, `${JSON.stringify(text)} is not a time`);
    return time;
  }

  /** NaN when it is not given. */
  seconds(column: Column): number {
    const text = this.optional(column);
    if (text === '') return NaN;
    const seconds = Number(text);
    if (!(seconds >= 0)) throw this.error(column, `${JSON.stringify(text)} is not a number of seconds`);
    return seconds;
  }

  /** 1 or 0, true or false, yes or no, or how often. */
  yes(column: Column): boolean {
    const text = this.text(column);
    if (YES.test(text) || Number(text) > 0) return true;
    if (NO.test(text) || Number(text) <= 0) return false;
    throw this.error(column, `${JSON.stringify(text)} is neither 1 nor 0`);
  }

  error(column: Column, problem: string): InputError {
    return new InputError(
      `${this.file} line ${this.line}, column ${this.columns.nameOf(column)}: ${problem}`,
    );
  }
}

function timeOf(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number)) {
    const size = Math.abs(number);
    return number / (size >= MICROSECONDS_FROM ? 1e6 : size >= MILLISECONDS_FROM ? 1000 : 1);
  }
  const iso = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc' });
  const formats = AMERICAN.map((format) =>
    DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en-US' }),
  );
  return [iso, ...formats].find((date) => date.isValid)?.toSeconds() ?? NaN;
}
