import 'server-only';

/** The origin of this site as the reader's browser sees it. */
export function originOf(headers: Headers): string {
  if (process.env.WEB_URL) return new URL(process.env.WEB_URL).origin;
  const protocol = headers.get('x-forwarded-proto')?.split(',')[0] === 'https' ? 'https' : 'http';
  const origin = `${protocol}://${headers.get('x-forwarded-host') ?? headers.get('host')}`;
  return URL.canParse(origin) ? new URL(origin).origin : 'http://unknown.invalid';
}

/** Whether a page of ours sent the request, not a link, form or script of another site. */
export function isFromOwnPage(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  return origin === null || origin === originOf(headers);
}

/** A path of ours to go back to; the home page for anything else, such as `//elsewhere`. */
export function ownPath(wanted: string | null | undefined): string {
  const base = 'http://own.invalid';
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, base)) return '/';
  const { origin, pathname, search, hash } = new URL(wanted, base);
  // The path of `/.//elsewhere` is `//elsewhere`.
  return origin === base && !pathname.startsWith('//') ? pathname + search + hash : '/';
}
