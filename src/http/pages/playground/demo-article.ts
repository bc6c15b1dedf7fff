const TIMEOUT_MS = 1_000;
const FALLBACK = 'https://www.mk.co.kr/news/economy/기사번호';

/** Gives the requestArticle example an address that works: the first article of the development newsroom. */
export class DemoArticle {
  private known: string | null = null;

  /** `newsroom` is an origin, or null where there is none. */
  constructor(readonly newsroom: string | null) {}

  async url(): Promise<string> {
    if (this.newsroom === null) return FALLBACK;
    return (this.known ??= await firstArticleOf(this.newsroom)) ?? FALLBACK;
  }
}

async function firstArticleOf(origin: string): Promise<string | null> {
  try {
    const response = await fetch(`${origin}/`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const links = (await response.text()).matchAll(/href="([^"]+)"/g);
    for (const [, link] of links) if (link?.startsWith(`${origin}/`)) return link;
  } catch {
    // The newsroom is only a convenience; the page opens without it.
  }
  return null;
}
