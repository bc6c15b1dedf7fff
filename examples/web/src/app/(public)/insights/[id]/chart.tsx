'use client';

import { useEffect, useRef, useState } from 'react';
import { CHART_WIDTH, interpretable, type ChartSpec } from './chart-spec';
import './vega.css';
import styles from './insight.module.css';

interface Props {
  spec: ChartSpec;
  svgUrl: string;
}

/**
 * The server's picture of a chart, and over it, once it is on the reader's screen, the same chart by Vega, which tells the
 * values under a pointer. Both have one box: nothing moves. Without scripts, or without Vega, the picture stays.
 */
export function Chart({ spec, svgUrl }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    const place = box.current!;
    const drawing = new AbortController();
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      seen.disconnect();
      drawChart(place, spec, drawing.signal).then(
        () => setDrawn(!drawing.signal.aborted),
        (error: unknown) => console.warn('the chart stays a picture', error),
      );
    });
    seen.observe(place);
    return () => {
      seen.disconnect();
      drawing.abort();
    };
  }, [spec]);
  return (
    <div className={styles.chart} style={{ aspectRatio: `${CHART_WIDTH} / ${spec.height}` }}>
      <img src={svgUrl} alt={spec.description} width={CHART_WIDTH} height={spec.height} hidden={isDrawn} />
      <div ref={box} className={styles.drawing} data-drawn={isDrawn} />
    </div>
  );
}

/** Vega is 200 KB: it is loaded by whoever sees a chart. */
async function drawChart(place: HTMLElement, spec: ChartSpec, signal: AbortSignal): Promise<void> {
  const { default: embed } = await import('vega-embed');
  if (signal.aborted) return;
  const { clientWidth: width, clientHeight: height } = place;
  // The interpreter (`ast`) does without eval, which the page's policy forbids; nothing is loaded, whatever a chart names.
  const { view, finalize } = await embed(place, { ...interpretable(spec), width, height } as never, {
    ast: true,
    actions: false,
    // It would make the place as large as the chart in it.
    defaultStyle: false,
    renderer: 'svg',
    tooltip: { theme: 'custom' },
    loader: { load: refuse } as never,
  });
  const resized = new ResizeObserver(() => {
    void view.width(place.clientWidth).height(place.clientHeight).runAsync();
  });
  resized.observe(place);
  function end() {
    resized.disconnect();
    finalize();
  }
  if (signal.aborted) end();
  else signal.addEventListener('abort', end);
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('a chart loads nothing'));
}
