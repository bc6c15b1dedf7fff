import { ApolloArmor } from '@escape.tech/graphql-armor';
import {
  getOperationAST, getVariableValues, Kind,
  type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, type ValidationRule,
} from 'graphql'; // prettier-ignore
import { fieldExtensionsEstimator, getComplexity } from 'graphql-query-complexity';
import { AppError } from '../errors';
import { noNestedSimilarArticles } from './no-nested-similar-articles';
import { cost, type CostContext } from './shared/field-policy';
import { requireStorableInput, requireStorableVariables } from './storable-input';

export const MAX_DEPTH = 10;
export const MAX_COMPLEXITY = 10_000;
/** Characters of a document; comments are not tokens to the parser's limit, but they are kept. */
export const MAX_DOCUMENT_LENGTH = 20_000;
/** Tokens of a document. */
export const MAX_TOKENS = 1_000;
const INTROSPECTION = new Set(['__schema', '__type']);
// Of 500 documents: two million characters.
const MEMO_PER_DOCUMENT = 20;
const MEMO_KEY_LENGTH = 200;

/** Rules against oversized documents, to be added to those of GraphQL; cost is `ComplexityLimit`'s. */
export const DOCUMENT_RULES: readonly ValidationRule[] = [
  ...new ApolloArmor({
    maxDepth: { n: MAX_DEPTH, flattenFragments: true },
    maxAliases: { n: 15, allowList: [] },
    maxDirectives: { n: 10 },
    maxTokens: { enabled: false }, // its limit answers 500; the parser's own does not
    blockFieldSuggestion: { enabled: false }, // Apollo hides them in production; developers want them
    costLimit: { enabled: false }, // counts literals only: `first: $n` slips through
  }).protect().validationRules,
  noNestedSimilarArticles,
];

const ESTIMATORS = [
  // Where introspection is allowed the tools' usual query must pass; it never touches the database.
  ({ field }: { field: { name: string } }) => (INTROSPECTION.has(field.name) ? 0 : undefined),
  fieldExtensionsEstimator(),
  cost(),
];

/** Computes an operation's cost from its real variables, once per document and variables; of ids none makes it dearer. */
export class ComplexityLimit {
  private readonly passed = new WeakMap<DocumentNode, Map<string, number>>();

  constructor(private readonly schema: GraphQLSchema) {}

  /**
   * The operation's points. Throws QUERY_TOO_COMPLEX, BAD_USER_INPUT for a page size out of range or a text that nothing
   * can hold, or graphql-js' own error for variables of a wrong type.
   */
  check(
    query: DocumentNode,
    operationName: string | null | undefined,
    variables: Record<string, unknown>,
  ): number {
    let passed = this.passed.get(query);
    if (!passed) this.passed.set(query, (passed = new Map()));
    const operation = getOperationAST(query, operationName);
    const ids = operation ? idVariablesOf(operation) : NONE;
    const key = `${operationName ?? ''} ${textOf(without(ids, variables))}`;
    const known = passed.get(key);
    if (known !== undefined && ids.size === 0) return known;
    const coerced = this.coerced(operation, variables);
    if (known !== undefined) {
      requireStorableVariables(query, coerced);
      return known;
    }
    requireStorableInput(query, coerced);
    const complexity = getComplexity({
      schema: this.schema,
      query,
      variables,
      estimators: ESTIMATORS,
      context: contextOf(query),
      ...(operationName != null && { operationName }),
    });
    if (complexity > MAX_COMPLEXITY) throw new AppError('QUERY_TOO_COMPLEX');
    if (key.length <= MEMO_KEY_LENGTH && passed.size < MEMO_PER_DOCUMENT) passed.set(key, complexity);
    return complexity;
  }

  /** Stops at the first fault: each one's message holds the whole value, so 50,000 of them take minutes. */
  private coerced(
    operation: OperationDefinitionNode | null | undefined,
    variables: Record<string, unknown>,
  ): Record<string, unknown> {
    const definitions = operation?.variableDefinitions ?? [];
    const { errors, coerced } = getVariableValues(this.schema, definitions, variables, { maxErrors: 1 });
    if (errors) throw errors[0]!;
    return coerced;
  }
}

const NONE: ReadonlySet<string> = new Set();
const idVariables = new WeakMap<OperationDefinitionNode, ReadonlySet<string>>();

/** Variables that hold an id each: a valid document has them nowhere else. */
function idVariablesOf(operation: OperationDefinitionNode): ReadonlySet<string> {
  let names = idVariables.get(operation);
  if (!names) {
    const ids = (operation.variableDefinitions ?? []).filter(({ type }) => {
      const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
      return named.kind === Kind.NAMED_TYPE && named.name.value === 'ID';
    });
    names = ids.length > 0 ? new Set(ids.map(({ variable }) => variable.name.value)) : NONE;
    idVariables.set(operation, names);
  }
  return names;
}

function without(names: ReadonlySet<string>, variables: Record<string, unknown>): object {
  if (names.size === 0) return variables;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.has(name)));
}

function contextOf({ definitions }: DocumentNode): CostContext & Record<string, unknown> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return { fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])) };
}

/** JSON, or what nothing has when the value is nested too deep for it. */
function textOf(variables: object): string {
  try {
    return JSON.stringify(variables);
  } catch {
    return '?'.repeat(MEMO_KEY_LENGTH + 1);
  }
}
