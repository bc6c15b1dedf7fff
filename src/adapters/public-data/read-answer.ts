import { answerOfJson, type Answer } from './answer';
import type { PublicDataRow } from './public-data';
import { meaningOf, type Refusal } from './refusals';
import { answerOfXml } from './xml-answer';

export interface Page {
  rows: PublicDataRow[];
  /** How many there are on all pages; null when the server does not say. */
  total: number | null;
}

export interface Refused {
  refusal: Refusal;
  /** The status or the number of the refusal: nothing that the server may have written at will. */
  what: string;
}

/** 00, 0000, 200, INFO-000 */
const SUCCESS = /^(?:0+|200|S00|INFO-0+)$/i;
const TOTALS = ['matchcount', 'totalcount', 'list_total_count'];
/** Where refusals are told, in numbers and in words. */
const CODES = ['returnreasoncode', 'resultcode', 'code'];
const WORDS = ['errmsg', 'returnauthmsg', 'returnreasoncode', 'resultmsg', 'msg', 'message'];
/** Of an answer that is neither JSON nor XML: `Unauthorized`, `API token quota exceeded`. */
const MAX_PLAIN = 500;

/** Reads a page, or why there is none: servers refuse in JSON, XML and plain text, with HTTP 200 too. */
export function readAnswer(status: number, text: string): Page | Refused {
  const answer = parsed(text);
  const told = (name: string) => answer?.told.get(name);
  const code = CODES.map(told).find((each) => each !== undefined);
  const succeeded = told('resultcode') !== undefined && SUCCESS.test(told('resultcode')!);
  if (status === 200 && told('returnreasoncode') === undefined) {
    const isSuccess = succeeded || (told('resultcode') === undefined && answer?.rows);
    if (answer && isSuccess) return { rows: answer.rows ?? [], total: totalOf(answer) };
  }
  const words = answer ? WORDS.map(told).join(' ') : text.slice(0, MAX_PLAIN);
  const meaning = meaningOf(status, code, words);
  if (meaning === 'NO_DATA') return { rows: [], total: 0 };
  const number = /^-?\d{1,4}$/.exec(code ?? '')?.[0];
  return { refusal: meaning, what: number === undefined ? `HTTP ${status}` : `HTTP ${status}, ${number}` };
}

function parsed(text: string): Answer | null {
  const start = text.trimStart();
  try {
    if (/^<(?!!doctype html|html)/i.test(start)) return answerOfXml(start);
    return /^[[{]/.test(start) ? answerOfJson(JSON.parse(start)) : null;
  } catch {
    return null;
  }
}

function totalOf({ told }: Answer): number | null {
  const total = TOTALS.map((name) => told.get(name)).find((each) => each !== undefined);
  return total !== undefined && /^\d{1,15}$/.test(total) ? Number(total) : null;
}
