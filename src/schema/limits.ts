import { ApolloArmor } from '@escape.tech/graphql-armor';
import {
  getOperationAST,
  getVariableValues,
  isListType,
  isNonNullType,
  type DocumentNode,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { AppError } from '../errors';
import { requirePageSize } from '../domain/shared/paging';

export const MAX_DEPTH = 10;
export const MAX_COMPLEXITY = 10_000;
/** Characters of a document; comments are not tokens to the parser's limit, but they are kept. */
export const MAX_DOCUMENT_LENGTH = 20_000;
/** How many items a list without `first` counts for. */
const ASSUMED_LIST_SIZE = 10;
const INTROSPECTION = new Set(['__schema', '__type']);
/** What some fields cost beside their answer: work of the database, or much memory. */
const WORK: Record<string, (args: Record<string, unknown>) => number> = {
  'Article.similarArticles': () => 200,
  'Query.articles': ({ filter }) => ((filter as { search?: string } | null)?.search == null ? 0 : 2_000),
  'Query.recommendations': () => 200,
  'Query.exportMyData': () => 6_000,
};
const MEMO_PER_DOCUMENT = 50;
const MEMO_KEY_LENGTH = 2_000;

/** Plugins and validation rules against oversized documents; cost is `ComplexityLimit`'s. */
export function documentLimits() {
  return new ApolloArmor({
    maxDepth: { n: MAX_DEPTH, flattenFragments: true },
    maxAliases: { n: 15, allowList: [] },
    maxDirectives: { n: 10 },
    maxTokens: { enabled: false }, // its limit answers 500; the parser's own does not
    blockFieldSuggestion: { enabled: false }, // Apollo hides them in production; developers want them
    costLimit: { enabled: false }, // counts literals only: `first: $n` slips through
  }).protect();
}

/** A field costs 1 and its work, a page `first` times what an item costs, another list ten times. */
const estimator: ComplexityEstimator = ({ type, args, childComplexity, field }) => {
  // Where introspection is allowed the tools' usual query must pass; it never touches the database.
  if (INTROSPECTION.has(field.name)) return 0;
  const own = 1 + (WORK[`${type.name}.${field.name}`]?.(args) ?? 0);
  if (typeof args.first === 'number') return own + requirePageSize(args.first) * childComplexity;
  // The connection around `edges` has counted its items already.
  if (field.name === 'edges') return childComplexity;
  return own + (isList(field.type) ? ASSUMED_LIST_SIZE : 1) * childComplexity;
};

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

/** Computes an operation's cost from its real variables, once per document and variables. */
export class ComplexityLimit {
  private readonly passed = new WeakMap<DocumentNode, Set<string>>();

  constructor(private readonly schema: GraphQLSchema) {}

  /**
   * Throws QUERY_TOO_COMPLEX, BAD_USER_INPUT for a page size out of range, or graphql-js' own error for variables
   * of a wrong type.
   */
  check(
    query: DocumentNode,
    operationName: string | null | undefined,
    variables: Record<string, unknown>,
  ): void {
    let passed = this.passed.get(query);
    if (!passed) this.passed.set(query, (passed = new Set()));
    const key = `${operationName ?? ''} ${textOf(variables)}`;
    if (passed.has(key)) return;
    this.requireVariables(query, operationName, variables);
    const complexity = getComplexity({
      schema: this.schema,
      query,
      variables,
      estimators: [estimator],
      ...(operationName != null && { operationName }),
    });
    if (complexity > MAX_COMPLEXITY) throw new AppError('QUERY_TOO_COMPLEX');
    if (key.length <= MEMO_KEY_LENGTH && passed.size < MEMO_PER_DOCUMENT) passed.add(key);
  }

  /** Stops at the first fault: each one's message holds the whole value, so 50,000 of them take minutes. */
  private requireVariables(
    query: DocumentNode,
    operationName: string | null | undefined,
    variables: Record<string, unknown>,
  ): void {
    const definitions = getOperationAST(query, operationName)?.variableDefinitions ?? [];
    const { errors } = getVariableValues(this.schema, definitions, variables, { maxErrors: 1 });
    if (errors) throw errors[0]!;
  }
}

/** JSON, or what nothing has when the value is nested too deep for it. */
function textOf(variables: object): string {
  try {
    return JSON.stringify(variables);
  } catch {
    return '?'.repeat(MEMO_KEY_LENGTH + 1);
  }
}
