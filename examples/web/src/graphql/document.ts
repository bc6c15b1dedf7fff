import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { OperationDefinitionNode } from 'graphql';

/** What is sent of a document: never its text, only the hash by which the gateway knows it. */
export function operationOf(document: TypedDocumentNode<never, never> | TypedDocumentNode<unknown, never>) {
  const { name, operation } = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === 'OperationDefinition',
  )!;
  const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(document) } };
  return { operationName: name!.value, operation, extensions };
}

/** `npm run persisted` writes it into each document. */
export function hashOf(document: object): string {
  const { hash } = (document as { __meta__: { hash: string } }).__meta__;
  return hash.replace('sha256:', '');
}
