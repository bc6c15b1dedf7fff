import {
  isListType, isNonNullType, Kind,
  type FragmentDefinitionNode, type GraphQLOutputType, type SelectionSetNode,
} from 'graphql'; // prettier-ignore
import type { ComplexityEstimator, ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { Extensions } from 'type-graphql';
import { requirePageSize } from '../../domain/shared/paging';

/** How many items a list without `first` counts for. */
const ASSUMED_LIST_SIZE = 10;
/** What it costs the database to count a list. */
const COUNTING = 300;

/** A statement that finds a few rows. */
export const STATEMENT = 50;
/** A text of some thousand characters, read, written and sent. */
export const LONG_TEXT = 40;

/** What estimators are told of the document. */
export interface CostContext {
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** For how many seconds a shared cache may keep an anonymous answer with this query field; without it, not at all. */
export const CacheSeconds = (cacheSeconds: number) => Extensions({ cacheSeconds });

/**
 * What a field costs, for `complexity` of its decorator: 1 and `work` (what the database or the memory does beside
 * the answer), a page `first` times what an item costs, another list ten times. A point is about 5 µs of the gateway and the
 * database together, as `npm run bench -- costs` measures it. Throws BAD_USER_INPUT naming `first`.
 */
export function cost(
  work: number | ((args: ComplexityEstimatorArgs['args'], counted: boolean) => number) = 0,
): ComplexityEstimator {
  return ({ args, childComplexity, context, field, node }) => {
    const { fragments } = context as CostContext;
    const counted = node.selectionSet !== undefined && selectsTotalCount(node.selectionSet, fragments);
    const own = 1 + (typeof work === 'number' ? work : work(args, counted)) + (counted ? COUNTING : 0);
    if (typeof args.first === 'number') return own + requirePageSize(args.first) * childComplexity;
    return own + (isList(field.type) ? ASSUMED_LIST_SIZE : 1) * childComplexity;
  };
}

/** Of a connection: validated documents have no fragments in circles. */
function selectsTotalCount({ selections }: SelectionSetNode, fragments: CostContext['fragments']): boolean {
  return selections.some((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === 'totalCount';
    if (selection.kind === Kind.INLINE_FRAGMENT) return selectsTotalCount(selection.selectionSet, fragments);
    const fragment = fragments.get(selection.name.value);
    return fragment !== undefined && selectsTotalCount(fragment.selectionSet, fragments);
  });
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
