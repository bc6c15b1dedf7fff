import { cutText } from '../../visible-text';

const CLOSING_OF: Record<string, string> = Object.fromEntries(
  ['“”', '‘’', '""', "''", '「」', '『』', '《》', '()', '[]'].map(([open, close]) => [open, close]),
);
const MAX_QUOTE_CHARACTERS = 600;
/** No sentence is longer. */
export const MAX_SENTENCE_CHARACTERS = 400;
const TERMINATORS = '.!?。…';
const ABBREVIATIONS = new Set(
  'Mr Mrs Ms Dr Prof Inc Co Corp Ltd Jr Sr St No vs etc Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec'.split(
    ' ',
  ),
);
/** Quoted speech goes on after its closing mark: “…했다.” 라고 말했다, “…할까요?” 같은 문구. */
const QUOTATIVE =
  /^\s*(?:이?라고|이?라며|이?라면서|이?라는|이?란|하고|하며|하면서|하는|고|며|는|같은|같이|등|등의|식의|식으로|처럼)(?:[\s.,]|$)/;
/** What may begin a sentence behind a quotation that is a question or a call: whoever said it. */
const SUBJECT = /^\s+\S{0,20}[은는이가의](?=\s)/;

/**
 * Korean (and English) sentences of a plain text, trimmed, in order. A newline always ends a sentence; a terminator
 * inside quotation marks or brackets, a decimal point, a date and an abbreviation do not.
 */
export function splitSentences(text: string): string[] {
  return text.split('\n').flatMap((line) => splitLine(line.trim()));
}

function splitLine(line: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  const cut = (end: number) => {
    const sentence = line.slice(start, end).trim();
    if (sentence) sentences.push(...wrapEndless(sentence));
    start = end;
  };
  for (let index = 0; index < line.length; index += 1) {
    const close = closingIndex(line, index);
    let end = index;
    if (close !== undefined) {
      const ends = endsWithQuotation(line, start, index, close);
      index = close;
      if (!ends) continue;
      end = close + 1;
    } else {
      if (!TERMINATORS.includes(line[index] ?? '')) continue;
      while (TERMINATORS.includes(line[end] ?? ' ')) end += 1;
      const ends = endsSentence(line, start, index, end);
      index = end - 1;
      if (!ends) continue;
    }
    if (end === line.length || /\s/.test(line[end] ?? '') || close === undefined) cut(end);
  }
  cut(line.length);
  return sentences;
}

/** Whether the quotation or bracket from `open` to `close` ends the sentence begun at `start`. */
function endsWithQuotation(line: string, start: number, open: number, close: number): boolean {
  const terminator = line[close - 1] ?? '';
  const behind = line.slice(close + 1, close + 30);
  if (!TERMINATORS.includes(terminator) || QUOTATIVE.test(behind)) return false;
  if (behind.trim() === '') return true;
  // A sentence that has begun before its quotation still lacks a predicate: 화면에서 "…하시겠어요?" 문구를 봤다.
  return line.slice(start, open).trim() === '' && ('.。…'.includes(terminator) || SUBJECT.test(behind));
}

/** Where the quotation or bracket opened at `open` closes; undefined when none opens there. */
function closingIndex(line: string, open: number): number | undefined {
  const closing = CLOSING_OF[line[open] ?? ''];
  if (!closing) return undefined;
  const straight = line[open] === closing;
  // A straight mark opens only before a word and closes only behind one: don't, '24년.
  if (straight && open > 0 && !/[\s([“‘,·]/.test(line[open - 1] ?? '')) return undefined;
  const inside = line.slice(open + 1, open + MAX_QUOTE_CHARACTERS);
  const at = closing === "'" ? inside.search(/(?<!\s)'(?![A-Za-z0-9])/) : inside.indexOf(closing);
  return at < 0 ? undefined : open + 1 + at;
}

/** Whether the run of terminators from `index` up to `end` ends the sentence begun at `start`. */
function endsSentence(line: string, start: number, index: number, end: number): boolean {
  const before = line[index - 1] ?? '';
  const after = line[end] ?? '';
  if (line[index] === '…' || end - index > 2) return /[다요죠까]/.test(before) && /^\s|^$/.test(after);
  if (after && !/\s/.test(after)) {
    // "…했다.이어": a blank is often missing behind 다.
    return /[다요]/.test(before) && /[가-힣A-Za-z“‘"'([<©ⓒ▶※]/.test(after);
  }
  if (line[index] !== '.') return true;
  if (/\d/.test(before) && /^\s*\d/.test(line.slice(end, end + 3))) return false;
  const word = /[A-Za-z.]+$/.exec(line.slice(Math.max(start, index - 12), index))?.[0];
  if (word && (ABBREVIATIONS.has(word) || /^(?:[A-Za-z]\.)*[A-Za-z]$/.test(word))) return false;
  // A numbered heading ("1. ") or the end of a date ("2026. 3. 2. ").
  return !/^\s*\d{1,2}$|\d{2,4}\.\s?\d{1,2}\.\s?\d{1,2}$/.test(
    line.slice(Math.max(start, index - 16), index),
  );
}

/** Text that never ends a sentence is cut between words, so that no single one outgrows everything else. */
function wrapEndless(sentence: string): string[] {
  const parts: string[] = [];
  let rest = sentence;
  while (rest.length > MAX_SENTENCE_CHARACTERS) {
    const space = rest.lastIndexOf(' ', MAX_SENTENCE_CHARACTERS);
    // What is one character on a screen may be longer than any sentence.
    const whole = cutText(rest, MAX_SENTENCE_CHARACTERS).length || MAX_SENTENCE_CHARACTERS;
    const end = space > MAX_SENTENCE_CHARACTERS / 2 ? space : whole;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest ? [...parts, rest] : parts;
}
