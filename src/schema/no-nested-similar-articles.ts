import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type FieldNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

const FIELD = 'similarArticles';

/** Refuses `similarArticles` inside another one, in whatever fragment: each level multiplies the work of the last. */
export function noNestedSimilarArticles(context: ValidationContext): ASTVisitor {
  const holding = new Map<string, boolean>();

  function holds({ selections }: SelectionSetNode): boolean {
    return selections.some((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return fragmentHolds(selection.name.value);
      if (selection.kind === Kind.FIELD && selection.name.value === FIELD) return true;
      return selection.selectionSet !== undefined && holds(selection.selectionSet);
    });
  }

  function fragmentHolds(name: string): boolean {
    const known = holding.get(name);
    if (known !== undefined) return known;
    holding.set(name, false); // while it is looked at: fragments may go in circles
    const fragment = context.getFragment(name);
    const answer = fragment != null && holds(fragment.selectionSet);
    holding.set(name, answer);
    return answer;
  }

  return {
    Field(node: FieldNode) {
      if (node.name.value !== FIELD || !node.selectionSet || !holds(node.selectionSet)) return;
      context.reportError(
        new GraphQLError(`Field "${FIELD}" cannot be selected inside another "${FIELD}".`, { nodes: node }),
      );
    },
  };
}
