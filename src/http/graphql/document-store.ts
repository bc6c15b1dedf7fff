import type { ApolloServerOptions } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { PersistedDocuments } from './persisted-documents';

type PersistedQueries = Exclude<ApolloServerOptions<never>['persistedQueries'], false | undefined>;

const MAX_DOCUMENTS = 500;
/** Characters of source text in all: what a parsed document keeps grows with its text, comments included. */
const MAX_CHARACTERS = 250_000;
/** The same of the texts that are known by their hashes, and what each of them takes beside its text. */
const MAX_PERSISTED_CHARACTERS = 2_000_000;
const ENTRY_CHARACTERS = 250;

/** Apollo's, and what finds a document by its text. */
export type DocumentStore = NonNullable<ApolloServerOptions<never>['documentStore']> & {
  /** The document of exactly this text. */
  ofText(text: string): DocumentNode | undefined;
};
/** Apollo's, and what finds a text by the hash that clients send. */
export type PersistedTexts = NonNullable<PersistedQueries['cache']> & {
  ofHash(hash: string): string | undefined;
};

/** Parsed and validated documents. Apollo's own store cannot see how large they are. */
export function createDocumentStore(): DocumentStore {
  const keys = new Map<string, string>();
  const textOf = ({ loc }: DocumentNode) => loc?.source.body ?? '';
  const documents = new LRUCache<string, DocumentNode>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ loc }) => Math.max(loc?.source.body.length ?? MAX_CHARACTERS, 1),
    dispose(document, key) {
      const text = textOf(document);
      if (keys.get(text) === key) keys.delete(text);
    },
  });
  return {
    get: async (key) => documents.get(key),
    set: async (key, document) => {
      documents.set(key, document);
      if (documents.has(key)) keys.set(textOf(document), key);
    },
    delete: async (key) => documents.delete(key),
    ofText(text: string) {
      const key = keys.get(text);
      return key === undefined ? undefined : documents.get(key);
    },
  };
}

/** Apollo puts it before a hash, the client preset of graphql-codegen the name of the algorithm. */
const BEFORE_HASH = /^apq:(?:sha256:)?/;

/**
 * Texts by their hashes: those of the list, and those that clients registered. Apollo's own cache counts nothing but the
 * text, so of tiny ones it keeps a million.
 */
export function createPersistedQueryCache(persisted: PersistedDocuments): PersistedTexts {
  const texts = new LRUCache<string, string>({
    maxSize: MAX_PERSISTED_CHARACTERS,
    sizeCalculation: (text) => text.length + ENTRY_CHARACTERS,
  });
  const find = (key: string) => persisted.textOf(key.replace(BEFORE_HASH, '')) ?? texts.get(key);
  return {
    get: async (key) => find(key),
    set: async (key, text) => {
      if (persisted.mayRegister(text)) texts.set(key, text);
    },
    delete: async (key) => texts.delete(key),
    ofHash: (hash) => find(`apq:${hash}`),
  };
}
