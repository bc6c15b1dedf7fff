import { decodeHTML } from 'entities';
import { MAX_PAGE } from '../old-table';

const MAX_CALLS = 20;
/** Of the first argument: an id, or how the page finds its element. */
const MAX_FIRST_ARGUMENT = 300;
const CALL = /Plotly\s{0,9}\.\s{0,9}(?:newPlot|react|plot)\s{0,9}\(/g;
/** What Python writes for numbers that JSON has no word for. */
const NO_NUMBER = /([:,[]\s{0,9})(?:NaN|-?Infinity|undefined)(?=\s{0,9}[,\]}])/g;

export interface Figure {
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
}

/** The figure that a page of Plotly's draws, read and never run; null where it is not told as JSON. In linear time. */
export function figureOfPage(html: string): Figure | null {
  if (html.length >= MAX_PAGE) return null;
  return (
    figureIn(html) ?? (html.includes('&quot;') || html.includes('&#34;') ? figureIn(decodeHTML(html)) : null)
  );
}

function figureIn(page: string): Figure | null {
  let calls = 0;
  for (const { 0: call, index } of page.matchAll(CALL)) {
    if (++calls > MAX_CALLS) return null;
    const second = behindComma(page, index + call.length);
    const figure = second === null ? null : figureAt(page, second);
    if (figure) return figure;
  }
  return null;
}

function figureAt(page: string, start: number): Figure | null {
  const first = valueAt(page, start);
  if (first === null) return null;
  if (Array.isArray(first.value)) {
    const behind = behindComma(page, first.end);
    const layout = behind === null ? null : valueAt(page, behind)?.value;
    return figureOf(first.value, layout);
  }
  const { data, layout } = (first.value ?? {}) as { data?: unknown; layout?: unknown };
  return Array.isArray(data) ? figureOf(data, layout) : null;
}

function figureOf(traces: unknown[], layout: unknown): Figure | null {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const data = traces.filter(isObject);
  return data.length === 0 ? null : { data, layout: isObject(layout) ? layout : {} };
}

/** Where the argument behind the one at a place begins. */
function behindComma(page: string, start: number): number | null {
  let depth = 0;
  let quote = '';
  for (let at = start; at < page.length && at - start < MAX_FIRST_ARGUMENT; at++) {
    const character = page[at]!;
    if (quote !== '') {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (character === '(' || character === '[') depth++;
    else if (character === ')' || character === ']') {
      if (--depth < 0) return null;
    } else if (character === ',' && depth === 0) return at + 1;
  }
  return null;
}

/** The list or object at a place, or that of the variable which is named there. */
function valueAt(page: string, start: number): { value: unknown; end: number } | null {
  const at = start + /^\s*/.exec(page.slice(start, start + MAX_FIRST_ARGUMENT))![0].length;
  if (page[at] === '[' || page[at] === '{') return jsonAt(page, at);
  const [, name, part] =
    /^([A-Za-z_$][\w$]{0,63})(?:\.([A-Za-z_$][\w$]{0,63}))?/.exec(page.slice(at, at + 130)) ?? [];
  if (name === undefined) return null;
  const assigned = new RegExp(
    `(?:var|let|const)\\s{1,9}${name.replaceAll('$', '\\$')}\\s{0,9}=\\s{0,9}(?=[[{])`,
  ).exec(page);
  const found = assigned && jsonAt(page, assigned.index + assigned[0].length);
  if (!found) return null;
  const value = part === undefined ? found.value : (found.value as Record<string, unknown> | null)?.[part];
  return { value, end: at + name.length + (part === undefined ? 0 : part.length + 1) };
}

/** From a bracket to the one that closes it. */
function jsonAt(page: string, start: number): { value: unknown; end: number } | null {
  let depth = 0;
  let isText = false;
  for (let at = start; at < page.length; at++) {
    const character = page[at]!;
    if (isText) {
      if (character === '\\') at++;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if (character === '[' || character === '{') depth++;
    else if ((character === ']' || character === '}') && --depth === 0) {
      const value = parsed(page.slice(start, at + 1));
      return value === undefined ? null : { value, end: at + 1 };
    }
  }
  return null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    try {
      return JSON.parse(json.replace(NO_NUMBER, '$1null'));
    } catch {
      return undefined;
    }
  }
}
