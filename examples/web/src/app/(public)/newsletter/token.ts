/** The token of a query string, where a whole link of a mail may have been pasted; empty for none. */
export function tokenOf(given: string | string[] | undefined): string {
  const text = typeof given === 'string' ? given.trim() : '';
  return URL.canParse(text) ? (new URL(text).searchParams.get('token') ?? '') : text;
}
