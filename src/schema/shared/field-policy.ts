import { isListType, isNonNullType, type GraphQLOutputType } from 'graphql';
import type { ComplexityEstimator, ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { Extensions } from 'type-graphql';
import { requirePageSize } from '../../domain/shared/paging';

/** How many items a list without `first` counts for. */
const ASSUMED_LIST_SIZE = 10;

/** For how many seconds a shared cache may keep an anonymous answer with this query field; without it, not at all. */
export const CacheSeconds = (cacheSeconds: number) => Extensions({ cacheSeconds });

/**
 * What a field costs, for `complexity` of its decorator: 1 and `work` (what the database or the memory does beside
 * the answer), a page `first` times what an item costs, another list ten times. Throws BAD_USER_INPUT naming `first`.
 */
export function cost(
  work: number | ((args: ComplexityEstimatorArgs['args']) => number) = 0,
): ComplexityEstimator {
  return ({ args, childComplexity, field }) => {
    const own = 1 + (typeof work === 'number' ? work : work(args));
    if (typeof args.first === 'number') return own + requirePageSize(args.first) * childComplexity;
    return own + (isList(field.type) ? ASSUMED_LIST_SIZE : 1) * childComplexity;
  };
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
