const STRING = String.raw`"([^"\\]*(?:\\[^][^"\\]*)*)(?:"|$)`;
/** Next.js sends its data in such pieces, each a string of JSON, cut anywhere. */
const PUSHED = new RegExp(String.raw`__next_f\.push\(\[1,\s{0,9}${STRING}`, 'g');
/** What applications call an article's text. */
const BODY_FIELD = new RegExp(
  `"(?:content|contents|body|articleBody|article_body|text|html|children)"\\s{0,9}:\\s{0,9}${STRING}`,
  'g',
);
const TITLE_FIELD = new RegExp(`"(?:title|headline|basic|subject|children)"\\s{0,9}:\\s{0,9}${STRING}`, 'g');
/** A piece of an article is a sentence or markup, and no label. */
const IS_PIECE = /.{15}[.!?。…]|<p/su;

/**
 * The text of an article that only scripts of the page hold, as applications carry it (`__NEXT_DATA__`,
 * `self.__next_f.push`, a value given to a global): the one long string, or the pieces in order. It may hold markup.
 * @returns undefined when the data do not name the page's title
 */
export function findScriptBody(scripts: readonly string[], title: string): string | undefined {
  const source = scripts.join('\n');
  const data = strings(source, PUSHED).join('') || source;
  if (!strings(data, TITLE_FIELD).some((text) => text.includes(title))) return undefined;
  const pieces = strings(data, BODY_FIELD).filter((text) => IS_PIECE.test(text));
  const all = pieces.join('\n\n');
  return pieces.find((piece) => piece.length > all.length / 2) ?? all;
}

function strings(source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)].flatMap(([, escaped]) => {
    try {
      return [JSON.parse(`"${escaped}"`) as string];
    } catch {
      return [];
    }
  });
}
