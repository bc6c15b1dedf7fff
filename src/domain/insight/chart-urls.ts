import { createHash } from 'node:crypto';

/** Where the pictures of insights are, below the service's address. */
export const CHART_PAGES = '/insights/charts';

/** What a picture is called by: another drawing has another address. */
export function chartHash(svg: string): string {
  return createHash('sha256').update(svg).digest('hex');
}

/** The addresses of an insight's pictures: one for pages, one for previews of links. */
export function chartUrls(publicUrl: string, insightId: string, hash: string): { svg: string; png: string } {
  const base = new URL(`${CHART_PAGES}/${insightId}/${hash}`, publicUrl).href;
  return { svg: `${base}.svg`, png: `${base}.png` };
}
