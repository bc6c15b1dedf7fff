export const repeat = (times: number, text: (n: number) => string) =>
  Array.from({ length: times }, (_, n) => text(n)).join(' ');
export const nested = (times: number, open: string, inner: string) =>
  open.repeat(times) + inner + ' }'.repeat(times);

/** Each spread of a fragment holds two of the next: 2^levels fields from a small text. */
function fragmentBomb(levels: number): string {
  const fragments = repeat(levels, (n) => `fragment F${n} on Publisher { ...F${n + 1} ...F${n + 1} }`);
  return `{ publishers { ...F0 } } ${fragments} fragment F${levels} on Publisher { id }`;
}

export const THREE_LISTS = 'edges { node { phrases { easy } revisions { author { sessions { id } } } } }';
export const CARD = 'edges { node { id title comment category imageUrl publisher { id name } } }';

export interface Attack {
  query: string;
  variables?: object;
  code?: string;
}
/** Queries that must be refused before anything runs, under the names of docs/threats.md. */
export const ATTACKS: Record<string, Attack> = {
  'too deep': { query: `{ ${nested(14, 'a { ', 'b')} }` },
  'a depth of 300': { query: `{ ${nested(300, 'a { ', 'b')} }` },
  'too deep through fragments': {
    query: `{ ...F0 } ${repeat(12, (n) => `fragment F${n} on Query { a { ...F${n + 1} } }`)} fragment F12 on Query { a }`,
  },
  '16 aliases': { query: `{ ${repeat(16, (n) => `a${n}: publishers { id }`)} }` },
  '5,000 aliases': { query: `{ ${repeat(5_000, (n) => `a${n}: publishers { id }`)} }` },
  '5,000 duplicated fields': { query: `{ publishers { ${repeat(5_000, () => 'id')} } }` },
  '1,000 equal lists': { query: `{ ${repeat(1_000, () => 'publishers { id }')} }` },
  'too many directives': { query: `{ publishers { ${repeat(11, () => 'id @include(if: true)')} } }` },
  '150 directives on one field': { query: `{ publishers { id ${repeat(150, () => '@skip(if: false)')} } }` },
  '200 unknown directives': { query: `{ publishers { id ${repeat(200, (n) => `@a${n}`)} } }` },
  '100,000 tokens': { query: `{ ${'a '.repeat(100_000)} }` },
  '100,000 brackets': { query: '{'.repeat(100_000) },
  '10,000 nested values': { query: `{ article(id: ${'['.repeat(10_000)}${']'.repeat(10_000)}) { id } }` },
  'a fragment bomb': { query: fragmentBomb(30) },
  'a wide fragment bomb': {
    query: `{ publishers { ${repeat(20, () => '...A')} } } fragment A on Publisher { ${repeat(20, () => '...B')} } fragment B on Publisher { ${repeat(20, () => '...C')} } fragment C on Publisher { ${repeat(20, () => 'id')} }`,
  },
  'a fragment cycle of one': { query: '{ publishers { ...F } } fragment F on Publisher { id ...F }' },
  'a fragment cycle': {
    query: '{ publishers { ...A } } fragment A on Publisher { ...B } fragment B on Publisher { ...A }',
  },
  '150 operations': { query: repeat(150, (n) => `query Q${n} { publishers { id } }`) + ' {' },
  'first: 1000000': { query: '{ articles(first: 1000000) { totalCount } }', code: 'BAD_USER_INPUT' },
  'first: -1': { query: '{ articles(first: -1) { totalCount } }', code: 'BAD_USER_INPUT' },
  'first: 1000000 in a variable': {
    query: 'query ($n: Int!) { articles(first: $n) { totalCount } }',
    variables: { n: 1_000_000 },
    code: 'BAD_USER_INPUT',
  },
  'first: -1 in a variable': {
    query: 'query ($n: Int!) { articles(first: $n) { totalCount } }',
    variables: { n: -1 },
    code: 'BAD_USER_INPUT',
  },
  'first: 1000000 by default': {
    query: 'query ($n: Int = 1000000) { articles(first: $n) { totalCount } }',
    code: 'BAD_USER_INPUT',
  },
  'first: 101 in a fragment': {
    query: 'query ($n: Int = 101) { ...Q } fragment Q on Query { users(first: $n) { totalCount } }',
    code: 'BAD_USER_INPUT',
  },
  'nested list products': {
    query: `query ($n: Int!) { articles(first: $n) { ${THREE_LISTS} } }`,
    variables: { n: 100 },
    code: 'QUERY_TOO_COMPLEX',
  },
  'nested list products by default': {
    query: `query ($n: Int = 100) { articles(first: $n) { ${THREE_LISTS} } }`,
    code: 'QUERY_TOO_COMPLEX',
  },
  'fifteen full pages': {
    query: `query ($n: Int!) { ${repeat(15, (n) => `a${n}: articles(first: $n) { ...C }`)} } fragment C on ArticleConnection { ${CARD} }`,
    variables: { n: 100 },
    code: 'QUERY_TOO_COMPLEX',
  },
  'five searches in one request': {
    query: `query ($f: ArticleFilter) { ${repeat(5, (n) => `a${n}: articles(first: 1, filter: $f) { totalCount }`)} }`,
    variables: { f: { search: '가' } },
    code: 'QUERY_TOO_COMPLEX',
  },
  'similar articles of a hundred': {
    query: '{ articles(first: 100) { edges { node { similarArticles(first: 1) { id } } } } }',
    code: 'QUERY_TOO_COMPLEX',
  },
  'two exports in one request': {
    query: '{ a: exportMyData b: exportMyData }',
    code: 'QUERY_TOO_COMPLEX',
  },
  'a variable of a wrong type': {
    query: 'query ($id: ID!) { article(id: $id) { id } }',
    variables: { id: { a: 1 } },
    code: 'BAD_USER_INPUT',
  },
  'a list for a filter': {
    query: 'query ($f: ArticleFilter) { articles(filter: $f) { totalCount } }',
    variables: { f: Array(6_000).fill({ category: 1 }) },
    code: 'BAD_USER_INPUT',
  },
  'a filter with 12,000 unknown fields': {
    query: 'query ($f: ArticleFilter) { articles(filter: $f) { totalCount } }',
    variables: { f: Object.fromEntries(Array.from({ length: 12_000 }, (_, n) => [`a${n}`, n])) },
    code: 'BAD_USER_INPUT',
  },
  'a filter with 50,000 unknown fields': {
    query: 'query ($f: ArticleFilter) { articles(filter: $f) { totalCount } }',
    variables: { f: Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`a${n}`, n])) },
    code: 'BAD_REQUEST',
  },
};
