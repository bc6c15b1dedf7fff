import axe from 'axe-core';
import type { Page } from 'playwright-core';

const WIDTHS = [360, 390] as const;

/** axe finds nothing, in the light and in the dark, and nothing is wider than a phone. */
export async function expectAccessible(page: Page): Promise<void> {
  const before = page.viewportSize();
  const faults: Record<string, unknown> = {};
  // Of all rules only that of contrast depends on the colours.
  const looks = { light: {}, dark: { runOnly: ['color-contrast'] } };
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const violations = await violationsOf(page, looks[colorScheme]);
    if (violations.length > 0) faults[colorScheme] = violations;
  }
  await page.emulateMedia({ colorScheme: null });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const needed = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (needed > width) faults[`${width} px`] = `${needed} px wide`;
  }
  if (before) await page.setViewportSize(before);
  expect({ page: new URL(page.url()).pathname, faults }).toEqual({
    page: expect.any(String) as string,
    faults: {},
  });
}

async function violationsOf(page: Page, options: axe.RunOptions): Promise<string[]> {
  await page.evaluate(`${axe.source};0`);
  const run = `axe.run(${JSON.stringify({ resultTypes: ['violations'], ...options })})`;
  const { violations } = await page.evaluate<axe.AxeResults>(run);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
