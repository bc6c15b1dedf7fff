/** Matches any of some patterns, and of some words, which a text has between single spaces; letters of either case. */
export function anyOf(...tables: readonly (string | RegExp)[]): RegExp {
  const alternatives = tables.flatMap((table) =>
    typeof table === 'string' ? table.split(' ') : table.source,
  );
  return new RegExp(alternatives.join('|'), 'i');
}
