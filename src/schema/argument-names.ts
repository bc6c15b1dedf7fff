import { Kind, visit, type ASTNode } from 'graphql';

/** The names from an argument down to the first value that `wanted` accepts, e.g. "filter.releasedAfter". */
export function argumentAt(document: ASTNode, wanted: (node: ASTNode) => boolean): string | undefined {
  let found: string | undefined;
  visit(document, {
    enter(node, _key, parent, _path, ancestors) {
      if (found !== undefined || !wanted(node)) return;
      const names = [...ancestors, parent, node].flatMap((at) => {
        const isNamed = at && 'kind' in at && (at.kind === Kind.ARGUMENT || at.kind === Kind.OBJECT_FIELD);
        return isNamed ? [at.name.value] : [];
      });
      found = names.join('.') || undefined;
    },
  });
  return found;
}

/** The argument that gets a variable's value. */
export function argumentOfVariable(document: ASTNode, name: string): string | undefined {
  return argumentAt(document, (node) => node.kind === Kind.VARIABLE && node.name.value === name);
}
