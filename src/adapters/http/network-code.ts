/** ECONNREFUSED and the like, of an error or its causes: tells an operator what to look at and holds nothing else. */
export function networkCode(error: unknown): string | undefined {
  // Not by instanceof: undici may throw errors of another realm.
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const { code, cause } = at as { code?: unknown; cause?: unknown };
    if (typeof code === 'string' && /^[A-Z][A-Z_]{3,39}$/.test(code)) return code;
    at = cause;
  }
  return undefined;
}
