import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSchema, parse } from 'graphql';
import { persistedCheck } from '../../../src/bin/doctor/persisted-check';
import type { Config } from '../../../src/config/config';
import { ConfigError } from '../../../src/config/settings';
import { meaningOf } from '../../../src/http/graphql/document-meaning';
import {
  misfits,
  openPersistedDocuments,
  readPersistedFiles,
} from '../../../src/http/graphql/persisted-files';
import type { Logger } from '../../../src/logger';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const listOf = (...texts: string[]) => Object.fromEntries(texts.map((text) => [sha256(text), text]));
const HOME = 'query Home { publishers { id } }';

describe('a list of persisted documents', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'persisted-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  let files = 0;
  function fileOf(content: unknown): string {
    const file = path.join(folder, `${(files += 1)}.json`);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }
  const warn = jest.fn();
  function open(contents: unknown[], only = true, production = true) {
    const persistedDocuments = { files: contents.map(fileOf), only };
    const schema = buildSchema('type Query { publishers: [Publisher!]! } type Publisher { id: ID! }');
    warn.mockClear();
    return openPersistedDocuments({ persistedDocuments, production }, { warn } as unknown as Logger, schema);
  }

  it.each([
    ['of the client preset', listOf(HOME)],
    [
      'of the client preset, which writes the algorithm before the hash',
      { [`sha256:${sha256(HOME)}`]: HOME },
    ],
    [
      'of Apollo’s tools',
      {
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: sha256(HOME), name: 'Home', type: 'query', body: HOME }],
      },
    ],
  ])('is read in the form %s', (_form, content) => {
    expect(open([content]).textOf(sha256(HOME))).toBe(HOME);
  });

  it('may be of several files', () => {
    const documents = open([listOf(HOME), listOf('query App { publishers { id } }')]);
    expect(documents.textOf(sha256(HOME))).toBe(HOME);
    expect(documents.textOf(sha256('query App { publishers { id } }'))).toBeDefined();
  });

  it.each([
    ['no JSON', '{', 'is no JSON object of texts by their hashes'],
    ['a list', [HOME], 'is no JSON object of texts by their hashes'],
    ['an object of something else', { [sha256(HOME)]: { query: HOME } }, 'is no JSON object of texts'],
    ['a wrong hash', { [sha256('x')]: HOME }, 'has Home under what is not its SHA-256'],
    ['SHA-1', { [createHash('sha1').update(HOME).digest('hex')]: HOME }, 'hashAlgorithm: sha256 is needed'],
    ['no GraphQL', listOf('query Home {'), 'has Home, which is no GraphQL: Syntax Error'],
    ['a long document', listOf(`${HOME}${'#'.repeat(20_000)}`), 'over 20000 characters'],
    ['too many tokens', listOf(`query Home { ${'a '.repeat(1_001)}}`), 'has Home, which is no GraphQL'],
    ['a large file', ' '.repeat(4 * 1024 * 1024 + 1), 'is over 4 MB'],
    ['nothing', {}, 'ONLY_PERSISTED_DOCUMENTS needs a list that is not empty'],
  ])('of %s stops a start that allows nothing else, and no other', (_what, content, fault) => {
    expect(() => open([content])).toThrow(ConfigError);
    expect(() => open([content])).toThrow(fault);
    expect(open([content], false).textOf(sha256(HOME))).toBeUndefined();
    if (_what !== 'nothing') expect(JSON.stringify(warn.mock.calls)).toContain(fault);
  });

  it('that is not there is named, with as many faults as can be read', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [String(n), `query Q${n} { a }`]));
    const { faults } = readPersistedFiles([path.join(folder, 'nothing.json'), fileOf(many)]);
    expect(faults).toHaveLength(2);
    expect(faults[0]).toMatch(/^PERSISTED_DOCUMENTS_FILE .*nothing\.json does not exist$/);
    expect(faults[1]).toMatch(/has Q0 .*; has Q1 .*; has Q2 .*; and 6 more$/);
  });

  it('tells who develops what does not fit the schema; production goes on', () => {
    const old = 'query Old { publishers { id founded } }';
    open([listOf(HOME, old)], true, false);
    const misfit = 'Old: Cannot query field "founded" on type "Publisher".';
    expect(warn.mock.calls).toEqual([[{ misfit }, expect.any(String)]]);
    open([listOf(HOME, old)]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('fits when the limits of documents pass it, too', () => {
    const schema = buildSchema('type Query { a: Query, id: ID }');
    const deep = `query Deep { ${'a { '.repeat(12)} id ${'}'.repeat(12)} }`;
    expect(misfits([{ hash: sha256(deep), text: deep }], schema)).toEqual([
      expect.stringMatching(/^Deep: .*depth/i),
    ]);
  });

  it('is what the doctor counts', async () => {
    const check = (content: unknown, only = true) =>
      persistedCheck({ persistedDocuments: { files: [fileOf(content)], only } } as Config);
    expect(await check(listOf(HOME))).toEqual({ status: 'ok', message: '1 documents, and no others' });
    expect(await check({}, false)).toMatchObject({ status: 'ok' });
    expect(await check({})).toMatchObject({ status: 'fail' });
    expect(await check('{')).toMatchObject({ status: 'fail' });
    expect(await check('{', false)).toMatchObject({ status: 'warn' });
    const { status, message } = await check(listOf(HOME, 'query Old { publishers { founded } }'));
    expect(status).toBe('warn');
    expect(message).toContain('1 do not fit the schema of this release: Old: Cannot query field "founded"');
  });
});

describe('what documents mean', () => {
  const meaning = (text: string) => meaningOf(parse(text));
  const DOCUMENT = `query Home($n: Int = 2, $on: Boolean!) {
    articles(first: $n, filter: { search: "a b" }) { edges { node { id ...Card } } }
    publishers @include(if: $on) { id name }
  }
  fragment Card on Article { title publisher { name } }`;

  it.each([
    ['blanks, commas and comments', DOCUMENT.replace(/\n\s*/g, ' ,').replace('{', '{ # home\n')],
    [
      'order',
      `fragment Card on Article { publisher { name } title }
      query Home($on: Boolean!, $n: Int = 2) {
        publishers @include(if: $on) { name id }
        articles(filter: { search: "a b" }, first: $n) { edges { node { ...Card id } } }
      }`,
    ],
    ['__typename', DOCUMENT.replace(/ }/g, ' __typename }').replace('"a b" __typename', '"a b"')],
  ])('stays with other %s', (_what, text) => {
    expect(text).not.toBe(DOCUMENT);
    expect(meaning(text)).toBe(meaning(DOCUMENT));
  });

  it.each([
    ['field', DOCUMENT.replace('title', 'title content')],
    ['alias', DOCUMENT.replace('title', 'name: title')],
    ['alias of __typename', DOCUMENT.replace('title', 'title a: __typename')],
    ['argument', DOCUMENT.replace('first: $n', 'first: 100')],
    ['default', DOCUMENT.replace('= 2', '= 100')],
    ['type of a variable', DOCUMENT.replace('Boolean!', 'Boolean')],
    ['literal', DOCUMENT.replace('"a b"', '"a  b"')],
    ['directive', DOCUMENT.replace('@include', '@skip')],
    ['operation', DOCUMENT.replace('query', 'subscription')],
    ['name', DOCUMENT.replace('Home', 'Else')],
    ['fragment more', `${DOCUMENT} fragment More on Article { content }`],
    ['operation more', `${DOCUMENT} query More { publishers { id } }`],
    ['place of a field', DOCUMENT.replace('name }\n', '}\n').replace('{ id ...', '{ id name ...')],
    ['type of a fragment', DOCUMENT.replace('on Article', 'on Insight')],
  ])('changes with another %s', (_what, text) => {
    expect(text).not.toBe(DOCUMENT);
    expect(meaning(text)).not.toBe(meaning(DOCUMENT));
  });

  it('is the same for a query that leaves the word out', () => {
    expect(meaning('{ publishers { id } }')).toBe(meaning('query { publishers { id } }'));
  });
});
