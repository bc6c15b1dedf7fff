import { headlineForms } from './headline';

const STRING = String.raw`"([^"\\]*(?:\\[^][^"\\]*)*)(?:"|$)`;
/** Next.js sends its data in such pieces, each a string of JSON, cut anywhere; a line of the whole is a value. */
const PUSHED = new RegExp(String.raw`__next_f\.push\(\[1,\s{0,9}${STRING}`, 'g');
const VALUE_START = /(?:^|=)\s{0,9}(?=[{[])/g;
const MAX_VALUES = 50;
const MAX_ROWS = 5_000;
const MAX_NODES = 50_000;
const MAX_DEPTH = 40;
/** What applications call an article's title and its text; a title may hold forms of itself. */
const TITLE_KEYS = ['title', 'headline', 'subject', 'headlines'];
const BODY_KEYS = new Set(
  (
    'content contents body articleBody article_body html rendered contentHtml content_html bodyHtml body_html ' +
    'articleContent'
  ).split(' '),
);
/** What the blocks of such a text call their own. */
const BLOCK_TEXT_KEY = 'text';
const BESIDE_KEY = /comment|repl(?:y|ies)|related|recommend|popular|ranking/i;
/** In data that are no JSON the text follows the title, and ends where something else begins. */
const BODY_FIELD = new RegExp(
  `(?:"|[{,]\\s{0,9})(?:${[...BODY_KEYS].join('|')})"?\\s{0,9}:\\s{0,9}${STRING}`,
  'g',
);
const CHILDREN_FIELD = new RegExp(`"children"\\s{0,9}:\\s{0,9}${STRING}`, 'g');
const TEXT_END =
  /(?:"|[{,]\s{0,9})(?:title|headline|subject)"?\s{0,9}:|\["\$","(?:h[12]|aside|footer|nav)"|"(?:className":"[^"]{0,99})?(?:comment|repl(?:y|ies)|related|recommend|popular|ranking)/i;
const MIN_SEARCHED_TITLE = 8;
const MAX_SEARCHED_PLACES = 20;
/** A piece of an article is a sentence or markup, and no label. */
const IS_PIECE = /.{15}[.!?。…]|<p/su;

/**
 * The text of an article that only scripts of the page hold, as applications carry it (`__NEXT_DATA__`,
 * `self.__next_f.push`, a value given to a global): what belongs to the object of the page's title, as one long string
 * or as pieces in order. It may hold markup.
 * @returns undefined when the data hold no such text
 */
export function findScriptBody(scripts: readonly string[], title: string): string | undefined {
  const pushed = scripts.flatMap((script) => strings(script, PUSHED)).join('');
  const forms = headlineForms(title);
  const bodies = scripts.map((script) => {
    const values = valuesIn(script);
    return values.length > 0 ? ownBody(values, forms) : followingBody(script, title, BODY_FIELD);
  });
  bodies.push(ownBody(rowsOf(pushed), forms), followingBody(pushed, title, CHILDREN_FIELD));
  return bodies.find((body) => body !== '');
}

function valuesIn(script: string): unknown[] {
  const values: unknown[] = [];
  const start = new RegExp(VALUE_START);
  for (let n = 0; n < MAX_VALUES && start.test(script); n++) {
    const end = endOfValue(script, start.lastIndex);
    values.push(...parsed(script.slice(start.lastIndex, end)));
    start.lastIndex = end;
  }
  return values;
}

function endOfValue(script: string, start: number): number {
  const mark = new RegExp(`${STRING}|[{}[\\]]`, 'g');
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(script); match; match = mark.exec(script)) {
    if (match[0] === '{' || match[0] === '[') depth++;
    if ((match[0] === '}' || match[0] === ']') && --depth === 0) return mark.lastIndex;
  }
  return script.length;
}

function rowsOf(pushed: string): unknown[] {
  const rows = pushed.split('\n', MAX_ROWS);
  return rows.flatMap((row) => parsed(row.replace(/^[0-9a-f]{1,8}:/, '')));
}

function ownBody(values: unknown[], forms: readonly string[]): string {
  const queue = [...values];
  for (let i = 0; i < queue.length && i < MAX_NODES; i++) {
    const node = queue[i];
    if (typeof node !== 'object' || node === null) continue;
    const body = isTitled(node, forms) ? oneOf(piecesOf(node, forms)) : '';
    if (body) return body;
    for (const child of Object.values(node)) if (queue.length < MAX_NODES) queue.push(child);
  }
  return '';
}

/** Undefined for an object without a title of its own. */
function isTitled(node: object, forms: readonly string[]): boolean | undefined {
  const named = node as Record<string, unknown>;
  const title = TITLE_KEYS.map((key) => named[key]).find(Boolean);
  const written = typeof title === 'object' ? Object.values(title as object) : [title];
  const texts = written.filter((text) => typeof text === 'string');
  return texts.length === 0 ? undefined : texts.flatMap(headlineForms).some((form) => forms.includes(form));
}

/** Not those of an object with a title of its own. */
function piecesOf(
  node: unknown,
  forms: readonly string[],
  { isBody = false, isWithinBody = false } = {},
  depth = 0,
): string[] {
  if (typeof node === 'string') return isBody && IS_PIECE.test(node) ? [node] : [];
  if (typeof node !== 'object' || node === null || depth > MAX_DEPTH) return [];
  if (Array.isArray(node))
    return node.flatMap((child) => piecesOf(child, forms, { isBody, isWithinBody }, depth + 1));
  if (isTitled(node, forms) === false) return [];
  return Object.entries(node).flatMap(([key, child]) => {
    if (BESIDE_KEY.test(key)) return [];
    const isBodyKey = BODY_KEYS.has(key) || (isWithinBody && key === BLOCK_TEXT_KEY);
    return piecesOf(child, forms, { isBody: isBodyKey, isWithinBody: isWithinBody || isBodyKey }, depth + 1);
  });
}

function followingBody(data: string, title: string, field: RegExp): string {
  if (title.length < MIN_SEARCHED_TITLE) return '';
  const places = data.split(JSON.stringify(title), MAX_SEARCHED_PLACES).slice(1);
  const bodies = places.map((text) =>
    oneOf(strings(text.slice(0, endOfText(text)), field).filter((piece) => IS_PIECE.test(piece))),
  );
  return bodies.reduce((one, other) => (other.length > one.length ? other : one), '');
}

function endOfText(text: string): number {
  const end = text.search(TEXT_END);
  return end < 0 ? text.length : end;
}

/** A text beside its pieces, or its summary. */
function oneOf(pieces: string[]): string {
  const all = pieces.join('\n\n');
  return pieces.find((piece) => piece.length > all.length / 2) ?? all;
}

function strings(source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)].flatMap(([, escaped]) => parsed(`"${escaped}"`) as string[]);
}

function parsed(json: string): unknown[] {
  try {
    return [JSON.parse(json)];
  } catch {
    return [];
  }
}
