import { MAX_URL_LENGTH } from './canonical-url';
import { parsePage } from './page-dom';

const AT_ONCE = /^\s*[01](?:\.\d{0,9})?\s*[;,]\s*url\s*=\s*["']?([^"'\s]+)/i;

/** Where a page of another address sends a browser with scripts at once. */
export function refreshTarget(html: string, url: URL): URL | undefined {
  for (const element of parsePage(html).document.querySelectorAll('meta[http-equiv][content]')) {
    if (!/^\s*refresh\s*$/i.test(element.getAttribute('http-equiv') ?? '')) continue;
    const [, written] = AT_ONCE.exec(element.getAttribute('content') ?? '') ?? [];
    if (!written || written.length > MAX_URL_LENGTH || !URL.canParse(written, url.href)) continue;
    const target = new URL(written, url);
    target.hash = url.hash;
    if (/^https?:$/.test(target.protocol) && target.href !== url.href) return target;
  }
  return undefined;
}
