import type { Browser, Page } from 'playwright-core';
import { ChartPainter } from '../../../src/adapters/chart/chart-painter';
import { INK } from '../../../src/adapters/chart/chart-colors';
import { buildChart } from '../../../src/domain/insight/build-chart';
import { describeInBrowser, startBrowser } from '../../helpers/browser';
import { hostileCharts, SAMPLE_CHARTS, type SampleChart } from '../../helpers/sample-charts';

/** Where a text stands on the screen. */
interface Label {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Pixels that boxes of letters may share: they are higher than the letters. */
const TOLERANCE = 1;

describeInBrowser('Charts in a browser', () => {
  const painter = new ChartPainter();
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await painter.close();
  });

  const svgOf = async ({ table, choice }: SampleChart) =>
    (await painter.paint(buildChart(table, choice).spec)).svg;

  async function open(page: Page, svg: string): Promise<void> {
    await page.goto(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
  }

  it('have no two texts over one another and none outside, on a wide screen and on a phone', async () => {
    const page = await browser.newPage();
    for (const sample of [...SAMPLE_CHARTS, ...hostileCharts()]) {
      const svg = await svgOf(sample);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await open(page, svg);
        const labels = await labelsIn(page);
        expect(labels.length).toBeGreaterThan(2);
        const outside = labels.filter(({ left, right }) => left < -1 || right > width + 1);
        expect([sample.name, width, overlapping(labels), outside]).toEqual([sample.name, width, [], []]);
      }
    }
    await page.close();
  }, 600_000);

  it('are as wide as there is room, by themselves and in a page, and dark where the reader wants it', async () => {
    const svg = await svgOf(SAMPLE_CHARTS[0]!);
    const page = await browser.newPage({ viewport: { width: 390, height: 800 }, colorScheme: 'dark' });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url().slice(0, 50)));
    await page.setContent(
      `<body style="margin:0"><img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`,
    );
    await page.waitForFunction(
      'document.querySelector("img").naturalWidth > 0 || document.querySelector("img").complete',
    );
    expect(await page.evaluate('document.querySelector("img").getBoundingClientRect().width')).toBeCloseTo(
      390,
      0,
    );
    await open(page, svg);
    const background = () => page.evaluate('getComputedStyle(document.querySelector("rect")).fill');
    expect(await background()).toBe(rgb(INK.background.dark));
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await background()).toBe(rgb(INK.background.light));
    expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([]);
    await page.close();
  });
});

/** Of every text that is drawn; of a turned one its box is as long as it is. */
function labelsIn(page: Page): Promise<Label[]> {
  return page.evaluate(`[...document.querySelectorAll('text')].flatMap((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const isTurned = /rotate\\(-?(?!0\\))\\d/.test(text.getAttribute('transform'));
    return text.textContent === '' || text.getAttribute('opacity') === '0' || isTurned ? [] : [{ text: text.textContent, left, right, top, bottom }];
  })`);
}

function overlapping(labels: readonly Label[]): string[] {
  return labels.flatMap((a, index) =>
    labels
      .slice(index + 1)
      .filter(
        (b) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > TOLERANCE &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > TOLERANCE,
      )
      .map((b) => `${a.text} / ${b.text}`),
  );
}

function rgb(hex: string): string {
  return `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
}
