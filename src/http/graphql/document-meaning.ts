import { Kind, type DocumentNode, type FieldNode } from 'graphql';

/** Lists of a document whose order says nothing about what may be asked. */
const UNORDERED = new Set(['definitions', 'selections', 'arguments', 'variableDefinitions', 'directives']);

/**
 * A text that two documents share when they differ in blanks, comments, order and `__typename` only, which code generators
 * and the caches of clients change. Takes linear time, for whatever document.
 */
export function meaningOf(document: DocumentNode): string {
  return written(document, '');
}

function written(value: unknown, key: string): string {
  if (Array.isArray(value)) {
    const items = value.filter((item) => !isTypename(item as object)).map((item) => written(item, key));
    return `[${(UNORDERED.has(key) ? items.sort() : items).join()}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).filter(([name]) => name !== 'loc');
  return `(${entries.map(([name, item]) => written(item, name)).join()})`;
}

function isTypename(node: object): boolean {
  const { kind, name, alias, directives = [] } = node as Partial<FieldNode>;
  return kind === Kind.FIELD && name?.value === '__typename' && !alias && directives.length === 0;
}
