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
/** Quoted speech goes on after its closing mark: “…했다.” 라고 말했다. */
const QUOTATIVE = /^\s*(?:이?라고|이?라며|이?라면서|이?라는|하고|고|며|는)(?:[\s.,]|$)/;

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
      index = close;
      if (!TERMINATORS.includes(line[close - 1] ?? '') || QUOTATIVE.test(line.slice(close + 1, close + 12)))
        continue;
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
    return /[다요]/.test(before) && /[가-힣“‘"'(]/.test(after);
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
    const end = space > MAX_SENTENCE_CHARACTERS / 2 ? space : cutText(rest, MAX_SENTENCE_CHARACTERS).length;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest ? [...parts, rest] : parts;
}
