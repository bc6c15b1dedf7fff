import { Parser } from 'htmlparser2';
import { ChartPainter } from '../../../src/adapters/chart/chart-painter';
import type { VegaLiteSpec } from '../../../src/adapters/chart/vega-lite';
import { buildChart } from '../../../src/domain/insight/build-chart';
import { TryLater } from '../../../src/errors';
import { choose, HOSTILE_TEXTS, hostileCharts, SAMPLE_CHARTS, tableOf } from '../../helpers/sample-charts';

const ELEMENTS = ['svg', 'title', 'desc', 'style', 'rect', 'g', 'path', 'line', 'text', 'tspan'];

/** The elements and attributes of an SVG. */
function readSvg(svg: string): { elements: Set<string>; attributes: [string, string][]; text: string } {
  const elements = new Set<string>();
  const attributes: [string, string][] = [];
  let text = '';
  const parser = new Parser(
    {
      onopentag: (name, found) => {
        elements.add(name);
        attributes.push(...Object.entries(found));
      },
      ontext: (data) => (text += data),
    },
    { xmlMode: true },
  );
  parser.end(svg);
  return { elements, attributes, text };
}

describe('The painter of charts', () => {
  const painter = new ChartPainter();
  afterAll(() => painter.close());

  const plain = () => buildChart(SAMPLE_CHARTS[0]!.table, SAMPLE_CHARTS[0]!.choice).spec;

  it('paints every kind, as Vega-Lite’s own schema has it, for pages of any width and for previews', async () => {
    for (const { name, table, choice } of SAMPLE_CHARTS) {
      const { spec } = buildChart(table, choice);
      const { svg, png } = await painter.paint(spec);
      expect([name, svg]).toEqual([
        name,
        expect.stringMatching(/^<svg xmlns="[^"]+" viewBox="0 0 440 \d+" role="img" aria-labelledby="title desc"><title/),
      ]);
      expect(svg).toContain('@media (prefers-color-scheme:dark)');
      const { text } = readSvg(svg);
      expect(text).toContain(spec.title.text[0]);
      expect(text).toContain(spec.description);
      expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
    }
  }); // prettier-ignore

  it('draws markup, links and formulas in data and names as text, without anything that runs or loads', async () => {
    for (const { name, table, choice } of hostileCharts()) {
      const { svg } = await painter.paint(buildChart(table, choice).spec);
      const { elements, attributes, text } = readSvg(svg);
      expect([name, [...elements].filter((element) => !ELEMENTS.includes(element))]).toEqual([name, []]);
      expect(attributes.filter(([key]) => /^on|href|src|^xml:base/i.test(key))).toEqual([]);
      const outside = attributes.filter(([key, value]) => !['xmlns', 'aria-label'].includes(key) && /url\(|:\/\/|javascript:|data:/i.test(value));
      expect(outside).toEqual([]);
      const styles = /<style>([^<]*)<\/style>/g.exec(svg)![1]!;
      expect(styles).not.toMatch(/url|import|expression/);
      expect(text).toContain('<script>');
      expect(text).toContain('=HYPER');
    }
    expect(HOSTILE_TEXTS.length).toBeGreaterThan(5);
  }); // prettier-ignore

  it('draws categories that are called as what objects have, and every chart after them', async () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const table = tableOf([['이름', 'category'], ['연도', 'date'], ['값', 'number']], names.flatMap((name, i) => [[name, '2023', i + 1], [name, '2024', i + 2]])); // prettier-ignore
    for (const kind of ['line', 'stackedBar', 'bar'] as const) {
      const { svg } = await painter.paint(
        buildChart(table, choose(kind, '연도', '값', { series: '이름' })).spec,
      );
      for (const name of names) expect(svg).toContain(`‘${name}’`);
    }
    await painter.paint(buildChart(table, choose('bar', '이름', '값', { aggregate: 'sum' })).spec);
    const poisoned = { ...plain(), data: { values: [{ x: '__proto__', y: 1 }] } };
    await expect(painter.paint(poisoned)).rejects.toThrow('a name that objects have');
    expect((await painter.paint(plain())).svg).toContain('<svg');
  });

  it.each<[string, Partial<Record<keyof VegaLiteSpec | string, unknown>>]>([
    ['data of an address', { data: { values: [], url: 'file:///etc/passwd' } }],
    ['a link', { encoding: { href: { value: 'javascript:alert(1)' } } }],
    ['a picture', { mark: { type: 'image' }, encoding: { url: { value: 'https://evil.example/' } } }],
    ['an expression', { encoding: { x: { field: 'x', type: 'ordinal', axis: { labelExpr: 'datum.label' } } } }],
    ['a computed value', { mark: { type: 'bar', width: { expr: '1+1' } } }],
    ['a transformation', { transform: [{ calculate: '1', as: 'x' }] }],
    ['a parameter', { params: [{ name: 'a', value: 1 }] }],
    ['another kind of view', { mark: { type: 'widget' } }],
    ['data that are objects', { data: { values: [{ x: { signal: '1' } }] } }],
  ])('refuses %s', async (_what, part) => {
    await expect(painter.paint({ ...plain(), ...part } as VegaLiteSpec)).rejects.toThrow('a chart could not be drawn');
  }); // prettier-ignore

  it('ends what takes too long or is called off, and paints the next ones', async () => {
    const hasty = new ChartPainter({ timeoutMs: 1 });
    await expect(hasty.paint(plain())).rejects.toThrow('took too long');
    await hasty.close();
    const stop = new AbortController();
    const called = painter.paint(plain(), stop.signal);
    const waiting = painter.paint(plain());
    stop.abort(new Error('called off'));
    await expect(called).rejects.toThrow('called off');
    expect((await waiting).svg).toContain('<svg');
  });

  it('refuses more values than our charts have', async () => {
    const values = Array.from({ length: 3_000_000 }, () => ({ y: 1 }));
    await expect(painter.paint({ ...plain(), data: { values } })).rejects.toThrow('too many values');
  });

  it('lets only so many wait', async () => {
    const busy = new ChartPainter();
    const asked = Array.from({ length: 60 }, () => busy.paint(plain()));
    const outcomes = asked.map((painting) => painting.then(() => 'painted', (error: unknown) => error)); // prettier-ignore
    expect(await outcomes.at(-1)).toBeInstanceOf(TryLater);
    await outcomes[0];
    await busy.close();
    await Promise.all(outcomes);
  });
});
