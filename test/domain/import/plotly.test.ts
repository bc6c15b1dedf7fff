import { chartOfFigure } from '../../../src/domain/import/plotly/chart-of-figure';
import { figureOfPage } from '../../../src/domain/import/plotly/figure-of-page';

const points = (html: string) => {
  const figure = figureOfPage(html);
  const chart = figure && chartOfFigure(figure, '제목');
  return chart && [chart.spec.mark.type, chart.points.map(({ x, y }) => [x, y])];
};
const bytes = (array: ArrayBufferView) => Buffer.from(array.buffer).toString('base64');

describe('What a page of Plotly’s draws', () => {
  it.each([
    ['a list behind an id', `Plotly.newPlot("a", [{"type":"bar","x":["가","나"],"y":[1,2]}], {})`],
    ['an object', `Plotly.newPlot('a', {"data":[{"type":"bar","x":["가","나"],"y":[1,2]}],"layout":{}})`],
    [
      'an element',
      `Plotly.react(document.querySelector('[id="a, b"]'),\n\n [{"type":"bar","x":["가","나"],"y":[1,2]}])`,
    ],
    [
      'variables',
      `var d = [{"type":"bar","x":["가","나"],"y":[1,2]}]; const l = {}; Plotly.newPlot('a', d, l)`,
    ],
    [
      'escaped for HTML',
      `Plotly.newPlot(&quot;a&quot;, [{&quot;type&quot;:&quot;bar&quot;,&quot;x&quot;:[&quot;가&quot;,&quot;나&quot;],&quot;y&quot;:[1,2]}])`,
    ],
    ['lying bars', `Plotly.newPlot("a", [{"type":"bar","orientation":"h","y":["가","나"],"x":[1,2]}])`],
    [
      'an earlier call that is none',
      `Plotly.newPlot(gd, data); Plotly.newPlot("a", [{"type":"bar","x":["가","나"],"y":[1,2]}])`,
    ],
    ['NaN', `Plotly.newPlot("a", [{"type":"bar","x":["가","나","다"],"y":[1,2,NaN]}])`],
  ])('is read from %s', (_how, html) => {
    expect(points(html)).toEqual(['bar', [['가', 1], ['나', 2]]]); // prettier-ignore
  });

  it.each([
    ['f8', new Float64Array([1.5, 2])],
    ['f4', new Float32Array([1.5, 2])],
    ['i1', new Int8Array([-3, 2])],
    ['u2', new Uint16Array([60_000, 2])],
    ['i4', new Int32Array([-70_000, 2])],
  ] as const)('is read from typed arrays of %s', (dtype, values) => {
    const y = JSON.stringify({ dtype, bdata: bytes(values) });
    expect(points(`Plotly.newPlot("a", [{"type":"bar","x":["가","나"],"y":${y}}])`)).toEqual([
      'bar', [['가', values[0]], ['나', values[1]]],
    ]); // prettier-ignore
  });

  it('has a line for each trace over time, and slices of a pie', () => {
    const lines = `Plotly.newPlot("a", [{"name":"가","x":["2024-01-01T00:00:00","2024-02-01T00:00:00","2024-03-01T00:00:00"],"y":[1,2,3]},
      {"name":"나","x":["2024-01-01T00:00:00","2024-02-01T00:00:00","2024-03-01T00:00:00"],"y":[3,2,1]}])`;
    const figure = figureOfPage(lines)!;
    const chart = chartOfFigure(figure, '제목')!;
    expect([chart.spec.mark.type, new Set(chart.points.map(({ series }) => series)).size]).toEqual([
      'line',
      2,
    ]);
    expect(points(`Plotly.newPlot("a", [{"type":"pie","labels":["가","나"],"values":[3,1]}])`)![0]).toBe(
      'arc',
    );
  });

  it.each([
    ['no call', '<p>차트</p>'],
    ['no JSON', `Plotly.newPlot("a", [{x: [1, 2]}])`],
    ['no end', `Plotly.newPlot("a", [{"x":[1,2`],
    ['no values', `Plotly.newPlot("a", [{"type":"heatmap","z":[[1,2],[3,4]]}])`],
    [
      'a table of numbers',
      `Plotly.newPlot("a", [{"type":"heatmap","y":{"dtype":"f8","bdata":"AAAA","shape":"2, 2"}}])`,
    ],
    ['many brackets', 'Plotly.newPlot("a", '.repeat(50) + '['.repeat(200_000)],
    ['deep brackets', `Plotly.newPlot("a", ${'['.repeat(100_000)}${']'.repeat(100_000)})`],
    ['a huge page', ' '.repeat(10_000_001)],
    ['names of objects', `Plotly.newPlot("a", [{"x":{"__proto__":1},"y":{"constructor":[]}}])`],
  ])('is no chart where there is %s', (_what, html) => {
    expect(points(html)).toBeNull();
  });
});
