import type { ApolloServerOptions } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

const MAX_DOCUMENTS = 500;
/** Characters of source text in all: what a parsed document keeps grows with its text, comments included. */
const MAX_CHARACTERS = 1_000_000;

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
