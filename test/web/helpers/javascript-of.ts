import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { openPage } from '../../helpers/browser';

/** Bytes of JavaScript that a browser without a cache transfers for a page: its files, and gzipped what stands in the page. */
export async function javascriptOf(browser: Browser, url: string): Promise<number> {
  await using watched = await openPage(browser);
  const { page } = watched;
  const files: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      files.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  const response = await page.goto(url, { waitUntil: 'networkidle' });
  const html = await response!.text();
  const inline = [...html.matchAll(/<script\b[^>]*>(.*?)<\/script>/gs)].map(([, text]) => text);
  const sizes = await Promise.all(files);
  return sizes.reduce((sum, size) => sum + size, gzipSync(inline.join('')).length);
}
