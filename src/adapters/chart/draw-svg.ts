import type * as Vega from 'vega' with { 'resolution-mode': 'import' };
import { textWidth } from './text-width';
import type { VegaLiteSpec } from './vega-lite';

/** What of Vega and Vega-Lite is used. */
export interface Drawers {
  vega: Pick<typeof Vega, 'View' | 'parse' | 'Error'> & {
    textMetrics: { width(item: { fontSize?: number; limit?: number }, text: unknown): number };
  };
  compile: (spec: object) => { spec: Vega.Spec };
}

/** Pixels for which the specification's texts are sized. */
const PAGE_WIDTH = 440;
export const PREVIEW = { width: 1200, height: 630 };
const LEAST_PREVIEW_HEIGHT = 315;

/** Nothing is loaded, whatever a specification names. */
const NOWHERE = {
  load: () => Promise.reject(new Error('a chart loads nothing')),
  sanitize: () => Promise.resolve({ href: '' }),
  http: () => Promise.reject(new Error('a chart loads nothing')),
  file: () => Promise.reject(new Error('a chart loads nothing')),
};

/** Draws for a page, or in the proportions of a preview, as high as the chart is so that nothing is squeezed. */
export async function drawSvg(
  spec: VegaLiteSpec,
  { vega, compile }: Drawers,
  purpose: 'page' | 'preview',
): Promise<string> {
  // Vega counts 0.8 em for every character where there is no canvas: Hangul would be drawn over its neighbours.
  vega.textMetrics.width = ({ fontSize = 11, limit }, text) =>
    Math.min(textWidth(String(text ?? '').trim(), fontSize), limit || Infinity);
  const height = purpose === 'page' ? spec.height : Math.max(spec.height, LEAST_PREVIEW_HEIGHT);
  const width = purpose === 'page' ? PAGE_WIDTH : Math.round((height * PREVIEW.width) / PREVIEW.height);
  const sized = { ...spec, width, height, config: { ...spec.config, aria: false } };
  const view = new vega.View(vega.parse(compile(sized).spec), {
    renderer: 'none',
    logLevel: vega.Error,
    loader: NOWHERE as unknown as Vega.Loader,
  });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
