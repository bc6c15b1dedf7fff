import { MAX_URL_LENGTH } from './canonical-url';
import { parsePage } from './page-dom';

const AT_ONCE = /^\s*[01](?:\.\d{0,9})?\s*[;,]\s*url\s*=\s*["']?([^"'\s]+)/i;
/** A script that does nothing else. */
const BY_SCRIPT =
  /^\s{0,99}(?:(?:window|document|self|top)\.)?location(?:\.href\s{0,9}=|\s{0,9}=|\.(?:replace|assign)\()\s{0,9}["']([^"'\\\s]+)["']\)?\s{0,9};?\s{0,99}$/;

/** Where a page of another address sends a browser with scripts at once. */
export function refreshTarget(html: string, url: URL): URL | undefined {
  const { document, scripts } = parsePage(html);
  const refreshes = [...document.querySelectorAll('meta[http-equiv][content]')]
    .filter((element) => /^\s*refresh\s*$/i.test(element.getAttribute('http-equiv') ?? ''))
    .map((element) => AT_ONCE.exec(element.getAttribute('content') ?? ''));
  for (const match of [...refreshes, ...scripts.map((script) => BY_SCRIPT.exec(script))]) {
    const written = match?.[1];
    if (!written || written.length > MAX_URL_LENGTH || !URL.canParse(written, url.href)) continue;
    const target = new URL(written, url);
    target.hash = url.hash;
    if (/^https?:$/.test(target.protocol) && target.href !== url.href) return target;
  }
  return undefined;
}
