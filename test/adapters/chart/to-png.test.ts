import { Resvg } from '@resvg/resvg-js';
import { toPng } from '../../../src/adapters/chart/to-png';

/** How much ink a text takes. */
function ink(text: string, weight: string): number {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 315"><text x="10" y="100" font-size="40" font-family="sans-serif" font-weight="${weight}">${text}</text></svg>`;
  const picture = `data:image/png;base64,${toPng(svg).toString('base64')}`;
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="315"><image width="600" height="315" href="${picture}"/></svg>`;
  const { pixels } = new Resvg(page).render();
  let sum = 0;
  for (let at = 3; at < pixels.length; at += 4) sum += pixels[at]!;
  return sum;
}

describe('The picture for previews', () => {
  it('has titles in bold, as the page has', () => {
    for (const text of ['기준금리 추이', 'GDP 3.25%', '㈜경단 ① 12㎡ ▲1.2℃']) {
      const plain = ink(text, 'normal');
      expect(plain).toBeGreaterThan(0);
      expect(ink(text, 'bold')).toBeGreaterThan(1.1 * plain);
    }
  });

  it('has a mark for every character that its font lacks', () => {
    expect(ink('中美', 'bold')).toBeGreaterThan(0);
  });
});
