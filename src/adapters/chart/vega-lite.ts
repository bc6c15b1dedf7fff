/** What of Vega-Lite 6 our charts are made of: one view, its data inline, nothing computed by the reader. */
export interface VegaLiteSpec {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json';
  title: { text: string[]; subtitle?: string[] };
  /** What a screen reader says. */
  description: string;
  width: 'container';
  /** Pixels, as the width for which the texts are large enough. */
  height: number;
  autosize: { type: 'fit'; contains: 'padding' };
  background: string;
  padding: number;
  data: { values: Record<string, string | number>[] };
  mark: Record<string, unknown>;
  encoding: Record<string, unknown>;
  config: Record<string, unknown>;
}
