import { escapeUTF8 } from 'entities';
import { INK, SERIES_COLORS } from './chart-colors';
import type { VegaLiteSpec } from './vega-lite';

const DARK_RULES = [...Object.values(INK), ...SERIES_COLORS]
  .map(({ light, dark }) => `[fill="${light}"]{fill:${dark}}[stroke="${light}"]{stroke:${dark}}`)
  .join('');
/** Not allowed in XML, or not characters at all. */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * Makes the drawing a picture that stands on its own: as wide as there is room, in the reader's colour scheme, with a title
 * and a description for those who cannot see it.
 */
export function finishSvg(drawing: string, spec: VegaLiteSpec): string {
  const [root] = /^<svg[^>]*>/.exec(drawing)!;
  const [viewBox] = /viewBox="[^"]*"/.exec(root)!;
  const head = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${viewBox} role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeUTF8(spec.title.text.join(' '))}</title>`,
    `<desc id="desc">${escapeUTF8(spec.description)}</desc>`,
    `<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${DARK_RULES}}</style>`,
  ];
  return (head.join('') + drawing.slice(root.length)).replace(UNWRITABLE, '');
}
