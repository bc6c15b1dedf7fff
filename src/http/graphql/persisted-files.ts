import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse, specifiedRules, validate, type GraphQLSchema } from 'graphql';
import { z } from 'zod';
import type { Config } from '../../config/config';
import { ConfigError } from '../../config/settings';
import type { Logger } from '../../logger';
import { DOCUMENT_RULES, MAX_DOCUMENT_LENGTH, MAX_TOKENS } from '../../schema/document-limits';
import { PersistedDocuments, type PersistedDocument } from './persisted-documents';

const MAX_FILE_BYTES = 4 * 1024 * 1024;
/** Of one file; the others are counted. */
const MAX_FAULTS = 3;

/** Texts by hashes, of graphql-codegen's client preset; or the manifest of Apollo's tools for iOS, Kotlin and the web. */
const LIST = z.union([
  z.object({
    format: z.literal('apollo-persisted-query-manifest'),
    operations: z
      .array(z.object({ id: z.string(), body: z.string() }))
      .transform((operations) => operations.map(({ id, body }): [string, string] => [id, body])),
  }).transform(({ operations }) => operations),
  z.record(z.string(), z.string()).transform((texts) => Object.entries(texts)),
]); // prettier-ignore

/**
 * The documents that the gateway is to know. What is wrong with the files throws ConfigError when nothing else may be
 * asked, and is logged when anything may.
 */
export function openPersistedDocuments(
  { persistedDocuments: { files, only }, production }: Pick<Config, 'persistedDocuments' | 'production'>,
  logger: Logger,
  schema: GraphQLSchema,
): PersistedDocuments {
  const { documents, faults } = readPersistedFiles(files);
  if (only && documents.length + faults.length === 0)
    faults.push('ONLY_PERSISTED_DOCUMENTS needs a list that is not empty');
  if (only && faults.length > 0) throw new ConfigError(faults);
  for (const fault of faults) logger.warn({ fault }, 'persisted documents are left out');
  // A release may begin with clients that ask for what has gone; who develops is told.
  if (!production)
    for (const misfit of misfits(documents, schema))
      logger.warn({ misfit }, 'a persisted document does not fit the schema');
  return new PersistedDocuments(documents, only);
}

/** What the files hold, and what is wrong with them. */
export function readPersistedFiles(files: readonly string[]) {
  const documents: PersistedDocument[] = [];
  const faults: string[] = [];
  for (const file of files) {
    const found: string[] = [];
    for (const [name, text] of entriesIn(file, found)) {
      const hash = name.replace(/^sha256:/, '');
      const fault = faultOf(hash, text);
      if (fault) found.push(fault);
      else documents.push({ hash, text });
    }
    const told = found.slice(0, MAX_FAULTS).join('; ');
    const more = found.length > MAX_FAULTS ? `; and ${found.length - MAX_FAULTS} more` : '';
    if (found.length > 0) faults.push(`PERSISTED_DOCUMENTS_FILE ${path.relative('', file)} ${told}${more}`);
  }
  return { documents, faults };
}

/** The documents that the gateway would refuse, and why. */
export function misfits(documents: readonly PersistedDocument[], schema: GraphQLSchema): string[] {
  const rules = [...specifiedRules, ...DOCUMENT_RULES];
  return documents.flatMap(({ hash, text }) => {
    const [error] = validate(schema, parse(text), rules, { maxErrors: 1 });
    return error ? [`${nameOf(text) ?? hash}: ${error.message}`] : [];
  });
}

function entriesIn(file: string, faults: string[]): [string, string][] {
  try {
    const { size } = statSync(file);
    if (size > MAX_FILE_BYTES) faults.push('is over 4 MB');
    else return LIST.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') faults.push('does not exist');
    else if (code !== undefined) faults.push(`cannot be read (${code})`);
    else faults.push('is no JSON object of texts by their hashes');
  }
  return [];
}

function faultOf(hash: string, text: string): string | null {
  const name = nameOf(text) ?? hash.slice(0, 12);
  if (hash !== createHash('sha256').update(text).digest('hex'))
    return `has ${name} under what is not its SHA-256${/^[\da-f]{40}$/.test(hash) ? ' (hashAlgorithm: sha256 is needed)' : ''}`;
  if (text.length > MAX_DOCUMENT_LENGTH)
    return `has ${name}, which is over ${MAX_DOCUMENT_LENGTH} characters`;
  try {
    parse(text, { maxTokens: MAX_TOKENS });
    return null;
  } catch (error) {
    return `has ${name}, which is no GraphQL: ${(error as Error).message}`;
  }
}

function nameOf(text: string): string | undefined {
  return /\b(?:query|mutation|subscription)\s+(\w+)/.exec(text)?.[1];
}
