// Apollo Client asks for __typename everywhere: a document that has it already keeps the hash that it is known by.
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

export const { transform } = addTypenameSelectionDocumentTransform;
