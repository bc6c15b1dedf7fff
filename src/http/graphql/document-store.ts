import type { ApolloServerOptions } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { PersistedDocuments } from './persisted-documents';

const MAX_DOCUMENTS = 500;
/** Characters of source text in all: what a parsed document keeps grows with its text, comments included. */
const MAX_CHARACTERS = 250_000;
/** The same of the texts that are known by their hashes, and what each of them takes beside its text. */
const MAX_PERSISTED_CHARACTERS = 2_000_000;
const ENTRY_CHARACTERS = 250;

/** Parsed and validated documents. Apollo's own store cannot see how large they are. */
export function createDocumentStore(): NonNullable<ApolloServerOptions<never>['documentStore']> {
  const documents = new LRUCache<string, DocumentNode>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ loc }) => Math.max(loc?.source.body.length ?? MAX_CHARACTERS, 1),
  });
  return {
    get: async (key) => documents.get(key),
    set: async (key, document) => void documents.set(key, document),
    delete: async (key) => documents.delete(key),
  };
}

type PersistedQueries = Exclude<ApolloServerOptions<never>['persistedQueries'], false | undefined>;

/** Apollo puts it before a hash, the client preset of graphql-codegen the name of the algorithm. */
const BEFORE_HASH = /^apq:(?:sha256:)?/;

/**
 * Texts by their hashes: those of the list, and those that clients registered. Apollo's own cache counts nothing but the
 * text, so of tiny ones it keeps a million.
 */
export function createPersistedQueryCache(
  persisted: PersistedDocuments,
): NonNullable<PersistedQueries['cache']> {
  const texts = new LRUCache<string, string>({
    maxSize: MAX_PERSISTED_CHARACTERS,
    sizeCalculation: (text) => text.length + ENTRY_CHARACTERS,
  });
  return {
    get: async (key) => persisted.textOf(key.replace(BEFORE_HASH, '')) ?? texts.get(key),
    set: async (key, text) => {
      if (persisted.mayRegister(text)) texts.set(key, text);
    },
    delete: async (key) => texts.delete(key),
  };
}
