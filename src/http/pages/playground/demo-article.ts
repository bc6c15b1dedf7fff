const TIMEOUT_MS = 1_000;

/** The first article of the development newsroom at `origin`; null when it does not answer. */
export async function firstArticleOf(origin: string): Promise<string | null> {
  try {
    const response = await fetch(`${origin}/`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const links = (await response.text()).matchAll(/href="([^"]+)"/g);
    for (const [, link] of links) if (link?.startsWith(`${origin}/`)) return link;
  } catch {
    // The newsroom is only a convenience; the page opens without it.
  }
  return null;
}
