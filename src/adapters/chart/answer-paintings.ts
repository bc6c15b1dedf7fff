import { parentPort } from 'node:worker_threads';
import { drawSvg, type Drawers } from './draw-svg';
import { finishSvg } from './finish-svg';
import { toPng } from './to-png';
import { checkSpec } from './check-spec';
import type { VegaLiteSpec } from './vega-lite';

/** A chart as readers see it. */
export interface Painting {
  svg: string;
  /** 1200 by 630, for previews of links. */
  png: Buffer;
}

export type PaintingAnswer = { painting: Painting } | { message: string };

/** The thread's side of `ChartPainter`: a specification in, a painting or why there is none out. */
export function answerPaintings(drawers: Drawers): void {
  const port = parentPort!;
  port.on('message', (spec: VegaLiteSpec) => {
    paint(spec, drawers).then(
      (painting) => port.postMessage({ painting } satisfies PaintingAnswer),
      (error: unknown) => port.postMessage({ message: String(error) } satisfies PaintingAnswer),
    );
  });
}

async function paint(spec: VegaLiteSpec, drawers: Drawers): Promise<Painting> {
  checkSpec(spec);
  const svg = finishSvg(await drawSvg(spec, drawers, 'page'), spec);
  return { svg, png: toPng(await drawSvg(spec, drawers, 'preview')) };
}
