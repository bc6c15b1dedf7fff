import {
  getOperationAST, Kind,
  type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql'; // prettier-ignore
import type { RateLimits } from '../../adapters/rate-limiter/rate-limits';
import { ComplexityLimit } from '../../schema/document-limits';
import type { RequestFacts } from '../../schema/request-context';

/** Operations a caller may send with a token that is worth nothing any more: how else would it get a new one? */
const SIGN_IN_FIELDS = new Set([
  'beginKakaoLogin',
  'loginWithKakaoCode',
  'loginWithKakaoToken',
  'refreshSession',
  'logout',
]);

export interface Operation {
  document: DocumentNode;
  operationName: string | null | undefined;
  variables: Record<string, unknown>;
}

/** Counts a request for whoever sent it; one without a name is counted for its address alone. Throws RATE_LIMITED. */
export function countCaller(
  rateLimits: RateLimits,
  { viewer, viewerId }: Pick<RequestFacts, 'viewer' | 'viewerId'>,
): Promise<void> | undefined {
  if (viewer) return rateLimits.take('user', viewer.userId);
  return viewerId === null ? undefined : rateLimits.take('viewer', viewerId);
}

/** What a validated operation has to pass before anything of it runs, whichever transport brought it. */
export class OperationLimits {
  private readonly complexity: ComplexityLimit;

  constructor(
    schema: GraphQLSchema,
    private readonly rateLimits: RateLimits,
  ) {
    this.complexity = new ComplexityLimit(schema);
  }

  /**
   * Throws why the caller's token is worth nothing, RATE_LIMITED when too many sign-ins came from the address, and what
   * ComplexityLimit throws. A document without the operation asked for passes: whoever executes it says so.
   */
  async check(
    { document, operationName, variables }: Operation,
    { authFailure, address }: Pick<RequestFacts, 'authFailure' | 'address'>,
  ): Promise<void> {
    const operation = getOperationAST(document, operationName);
    if (authFailure && !(operation && isSignIn(operation))) throw authFailure;
    if (!operation) return;
    const signIns = countSignIns(operation, document);
    if (signIns > 0) await this.rateLimits.take('signIn', address, signIns);
    this.complexity.check(document, operationName, variables);
  }
}

function isSignIn({ selectionSet }: OperationDefinitionNode): boolean {
  return selectionSet.selections.every(
    (selection) => selection.kind === Kind.FIELD && SIGN_IN_FIELDS.has(selection.name.value),
  );
}

/** Sign-ins that a mutation asks for, those in fragments of the document included: each counts. */
export function countSignIns(operation: OperationDefinitionNode, { definitions }: DocumentNode): number {
  if (operation.operation !== 'mutation') return 0;
  const countIn = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + countIn(selection.selectionSet);
      if (selection.kind !== Kind.FIELD || selection.name.value === 'logout') return sum;
      return sum + (SIGN_IN_FIELDS.has(selection.name.value) ? 1 : 0);
    }, 0);
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return [operation, ...fragments].reduce((sum, { selectionSet }) => sum + countIn(selectionSet), 0);
}
