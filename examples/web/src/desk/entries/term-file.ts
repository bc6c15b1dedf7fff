import type { EconomicTermInput } from '@/desk/generated/graphql';

export const MAX_TERMS = 2_000;

export interface ReadTerms {
  terms: EconomicTermInput[];
  /** What is wrong, with the number of the entry. Nothing is sent before all is right. */
  faults: string[];
}

/** Korean and English names of the columns. */
const COLUMNS: Record<string, keyof EconomicTermInput | undefined> = {
  term: 'term',
  용어: 'term',
  description: 'description',
  뜻: 'description',
  example: 'example',
  보기: 'example',
  aliases: 'aliases',
  '다른 이름': 'aliases',
};

/** Reads terms from JSON (a list of objects) or from CSV whose first line names its columns. */
export async function readTerms(text: string): Promise<ReadTerms> {
  const trimmed = text.trim();
  if (trimmed === '') return { terms: [], faults: [] };
  const { rows, faults } = /^[[{]/.test(trimmed) ? rowsOfJson(trimmed) : await rowsOfCsv(trimmed);
  const read = rows.map(termOf);
  for (const [index, { term, description }] of read.entries()) {
    if (!term) faults.push(`${index + 1}번째: 용어가 비어 있어요.`);
    if (!description) faults.push(`${index + 1}번째: 뜻이 비어 있어요.`);
  }
  if (read.length > MAX_TERMS)
    faults.push(`한 번에 ${MAX_TERMS.toLocaleString('ko-KR')}개까지 넣을 수 있어요.`);
  return { terms: read, faults };
}

/** Names, one a line, or parted by semicolons as a cell of a table has them. */
export function namesIn(text: string): string[] {
  return text
    .split(/[\n;]/)
    .map((name) => name.trim())
    .filter(Boolean);
}

interface Rows {
  rows: Record<string, unknown>[];
  faults: string[];
}

function rowsOfJson(text: string): Rows {
  try {
    const value: unknown = JSON.parse(text);
    const rows = Array.isArray(value) ? value : [value];
    const isFine = rows.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row));
    return isFine ? { rows, faults: [] } : { rows: [], faults: ['JSON이 객체의 목록이 아니에요.'] };
  } catch {
    return { rows: [], faults: ['JSON을 읽지 못했어요. 괄호와 따옴표를 확인해 주세요.'] };
  }
}

async function rowsOfCsv(text: string): Promise<Rows> {
  const { default: papa } = await import('papaparse');
  const { data, errors, meta } = papa.parse<Record<string, unknown>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim(),
  });
  const known = new Set((meta.fields ?? []).map((name) => COLUMNS[name.toLowerCase()]));
  if (!known.has('term') || !known.has('description'))
    return { rows: [], faults: ['첫 줄에 열 이름이 있어야 해요: 용어,뜻,보기,다른 이름'] };
  const faults = errors
    .filter(({ code }) => code !== 'UndetectableDelimiter')
    .map(({ row }) => `${(row ?? 0) + 1}번째: 칸 수가 맞지 않거나 따옴표가 닫히지 않았어요.`);
  return { rows: data, faults };
}

function termOf(row: Record<string, unknown>): EconomicTermInput {
  const found: Partial<Record<keyof EconomicTermInput, unknown>> = {};
  for (const [name, value] of Object.entries(row)) {
    const column = COLUMNS[name.toLowerCase()];
    if (column) found[column] = value;
  }
  const line = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  const { aliases } = found;
  const names = Array.isArray(aliases) ? aliases.map(line).filter(Boolean) : namesIn(line(aliases));
  return {
    term: line(found.term),
    description: line(found.description),
    ...(line(found.example) && { example: line(found.example) }),
    ...(names.length > 0 && { aliases: names }),
  };
}
