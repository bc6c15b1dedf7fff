import { cutText, nameFrom } from '../../visible-text';
import type { ColumnKind, DataColumn, DataTable, DataValue } from './data-table';
import { readDate, type ReadDate } from './read-date';
import { readNumber, unitOfName } from './read-number';
import { isTotal } from './total-words';
import { lengthened } from './wide-table';

/** One row as its server gave it: names and values, in its order. A name may come twice. */
export type RawRow = readonly (readonly [name: string, value: unknown])[];

export const MAX_ROWS = 5_000;
export const MAX_COLUMNS = 40;
/** As a chart's choice names columns. */
const MAX_NAME = 100;
const MAX_TEXT = 200;
/** Of the values of a column: a stray remark among numbers makes them no words, half of them does. */
const ENOUGH = 0.95;
/** So many values that look like months or days are no numbers by chance. */
const NO_CHANCE = 3;

/** Every character is one code unit, is seen, and has one form. */
const PLAIN = /^[ -~가-힣]*$/;

/** What stands for no value in Korean tables. */
const MISSING =
  /^(?:[-–—―‐*.·…･ㆍ]+|null|none|nan|n\/?a|undefined|\(null\)|해당 ?없음|자료 ?없음|미상|미집계|비공개)$/i;
/** A number that is not told, to protect who was asked; among words it is a word. */
const SECRET = /^x+$/i;
/** Names of columns whose bare numbers are years, months or days. */
const TIME_NAME =
  /(?:연도|년도|연월|년월|연월일|년월일|일자|일시|날짜|시점)$|(?:^|[^가-힣\d]|기준|통계|조사|수록|등록|발표|공표)(?:년|연|월|일|기간|시기|분기)$|(?:^|_)(?:year|month|date|period|yr|ym|ymd|prd_?de)$|_(?:dt|de)$/i;
const CAMEL_TIME_NAME = /[a-z](?:Year|Month|Date|Period|Yr|Ym|Ymd|De|Dt)$/;
/** Numbers in such columns name months of any year. */
const PART_OF_DATE = /^(?:월|일|분기|month|day|quarter)$/i;
/** Names of numbers that nobody adds or compares. */
const IDENTIFIER = /(?:코드|번호|순번|연번|식별자|아이디)$|(?:^|_)(?:id|cd|code|no|seq|sn|zip)$/i;
const CAMEL_IDENTIFIER = /[a-z](?:Id|ID|Cd|Code|No|Seq|Sn)$/;

/**
 * Finds what the columns of raw rows are. Texts of strangers stay texts: markup, formulas and addresses are shown as they are, one
 * line each. At most 5,000 rows, 40 columns, 200 characters a value; rows and columns without any value are left out, and so
 * is 합계 below dates. Columns that are called like years or months become rows.
 */
export function typedTable(rows: readonly RawRow[]): DataTable {
  const named = new Map<string, unknown[]>();
  const read = rows.slice(0, MAX_ROWS);
  read.forEach((row, at) => {
    for (const [name, value] of row) {
      const values = named.get(name) ?? (named.size < MAX_COLUMNS ? [] : undefined);
      if (!values) continue;
      named.set(name, values);
      values[at] ??= value;
    }
  });
  const columns = [...named]
    .map(([name, values]) =>
      typedColumn(
        name,
        Array.from(read, (_row, at) => textOf(values[at])),
      ),
    )
    .filter((column) => column !== null);
  const table = {
    columns: withDistinctNames(columns.map(({ column }) => column)),
    rows: read
      .map((_row, at) => columns.map(({ values }) => values[at]!))
      .filter(
        (row, at) => row.some((value) => value !== null) && !columns.some(({ totals }) => totals?.[at]),
      ),
  };
  return lengthened(table, MAX_ROWS);
}

/** One line of what is seen; null when that is nothing, or a mark for nothing. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const line = lineOf(typeof value === 'string' ? value : wrote(value), MAX_TEXT);
  return line === null || MISSING.test(line) ? null : line;
}

/** What `nameFrom` makes of a text, which takes long for tables of plain ones. */
function lineOf(text: string, max: number): string | null {
  const beginning = text.slice(0, 4 * max);
  if (!PLAIN.test(beginning)) return nameFrom(beginning, max);
  return beginning.replace(/ {2,}/g, ' ').trim().slice(0, max).trim() || null;
}

/** Of a list in a list in a list … nothing is said: it is too deep to be written. */
function wrote(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

interface TypedColumn {
  column: DataColumn;
  values: DataValue[];
  /** Of dates: which rows are no date but the sum of some. */
  totals?: boolean[];
}

/** Null when no row has a value. */
function typedColumn(rawName: string, texts: (string | null)[]): TypedColumn | null {
  if (texts.every((text) => text === null)) return null;
  const name = lineOf(rawName, MAX_NAME) ?? '이름 없음';
  return (
    datesOf(name, texts) ?? numbersOf(name, texts) ?? { column: columnOf(name, 'category'), values: texts }
  );
}

function columnOf(name: string, kind: ColumnKind, unit: string | null = null): DataColumn {
  return { name, kind, unit };
}

/** What `read` makes of each text; null when that is nothing too often. */
function readAll<T>(texts: (string | null)[], read: (text: string) => T | null): (T | null)[] | null {
  const present = texts.filter((text) => text !== null).length;
  let misses = 0;
  const all: (T | null)[] = [];
  for (const text of texts) {
    const one = text === null ? null : read(text);
    if (text !== null && one === null) misses += 1;
    if (misses > present * (1 - ENOUGH)) return null;
    all.push(one);
  }
  return all;
}

function datesOf(name: string, texts: (string | null)[]): TypedColumn | null {
  const totals = texts.map((text) => text !== null && isTotal(text));
  const dates = readAll(
    texts.map((text, at) => (totals[at] ? null : text)),
    readDate,
  );
  const found = dates?.filter((date) => date !== null);
  if (!dates || !found?.length || !areDates(name, found)) return null;
  const [span = null, ...otherSpans] = new Set(found.map(({ span }) => span));
  // Quarters among months could not be told apart any more.
  if (otherSpans.length > 0) return null;
  return { column: columnOf(name, 'date', span), values: dates.map((date) => date?.date ?? null), totals };
}

function isTimeName(name: string): boolean {
  return TIME_NAME.test(name) || CAMEL_TIME_NAME.test(name);
}

/** Bare years are also amounts; months and days of many rows are not. */
function areDates(name: string, dates: ReadDate[]): boolean {
  if (isTimeName(name)) return true;
  if (dates.some(({ ambiguity }) => ambiguity === 'none')) return true;
  return (
    dates.every(({ ambiguity }) => ambiguity === 'some') &&
    new Set(dates.map(({ date }) => date)).size >= NO_CHANCE
  );
}

function numbersOf(name: string, texts: (string | null)[]): TypedColumn | null {
  if ([PART_OF_DATE, IDENTIFIER, CAMEL_IDENTIFIER].some((names) => names.test(name))) return null;
  const told = readAll(
    texts.map((text) => (text !== null && SECRET.test(text) ? null : text)),
    readNumber,
  );
  const found = told?.filter((number) => number !== null) ?? [];
  const [unit = null, ...otherUnits] = new Set(found.map(({ unit }) => unit).filter((unit) => unit !== null));
  if (!told || found.length === 0 || otherUnits.length > 0) return null;
  // 20대, 30대: people of that age, not cars.
  if (unit === '대' && found.every(({ value }) => value % 10 === 0 && value <= 100)) return null;
  const inName = unitOfName(name);
  return {
    column: columnOf(inName?.name ?? name, 'number', unit ?? inName?.unit ?? null),
    values: told.map((number) => number?.value ?? null),
  };
}

/** The second 인구 becomes 인구 (2). */
function withDistinctNames(columns: DataColumn[]): DataColumn[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let { name } = column;
    for (let copy = 2; taken.has(name); copy += 1) {
      const mark = ` (${copy})`;
      name = cutText(column.name, MAX_NAME - mark.length) + mark;
    }
    taken.add(name);
    return { ...column, name };
  });
}
