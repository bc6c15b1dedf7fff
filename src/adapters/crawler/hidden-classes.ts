/** Of the style elements of a page together. */
const MAX_STYLE_LENGTH = 300_000;
const CLASS = /^\.([-_a-zA-Z][-\w]{0,100})$/;
const NOT_DRAWN = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!\s*important\s*)?(?:;|$)/i;
const DRAWN = /(?:^|;)\s*(?:display|visibility)\s*:/i;

/**
 * The classes that a page's own rules hide by their name alone: `.x, .y { display: none }`. Rules within an at-rule hold
 * only sometimes, and a longer selector is one of a page's states. Linear in the text.
 */
export function hiddenClasses(styles: readonly string[]): Set<string> {
  const hidden = new Set<string>();
  const css = withoutComments(styles.join('').slice(0, MAX_STYLE_LENGTH));
  let depth = 0;
  let selector = '';
  let text = '';
  for (const piece of css.split(/([{}])/)) {
    if (piece === '{') {
      if (depth++ === 0) selector = text.slice(text.lastIndexOf(';') + 1).trim();
    } else if (piece === '}') {
      depth = Math.max(0, depth - 1);
      if (depth === 0 && !selector.startsWith('@')) apply(selector, text);
    }
    text = piece;
  }
  return hidden;

  function apply(selectors: string, declarations: string): void {
    const hides = NOT_DRAWN.test(declarations);
    if (!hides && !DRAWN.test(declarations)) return;
    for (const part of selectors.split(',')) {
      const name = CLASS.exec(part.trim())?.[1];
      if (name === undefined) continue;
      if (hides) hidden.add(name);
      else hidden.delete(name);
    }
  }
}

function withoutComments(css: string): string {
  const [first, ...others] = css.split('/*');
  return [first, ...others.map((part) => part.split('*/').slice(1).join('*/'))].join(' ');
}
