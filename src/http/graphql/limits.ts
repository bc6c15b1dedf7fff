import {
  getOperationAST, Kind,
  type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql'; // prettier-ignore
import { FairTurns } from '../../adapters/rate-limiter/fair-turns';
import type { RateLimits } from '../../adapters/rate-limiter/rate-limits';
import { AppError, type Localized } from '../../errors';
import { ComplexityLimit } from '../../schema/document-limits';
import type { RequestContext, RequestFacts } from '../../schema/request-context';

/** Operations a caller may send with a token that is worth nothing any more: how else would it get a new one? */
const SIGN_IN_FIELDS = new Set([
  'beginKakaoLogin',
  'loginWithKakaoCode',
  'loginWithKakaoToken',
  'refreshSession',
  'logout',
]);

const NOT_OVER_HTTP: Localized = {
  ko: 'subscription은 HTTP로 보낼 수 없습니다.',
  en: 'Subscriptions cannot be sent over HTTP.',
};

/** Operations of up to so many points are bounded by their number alone. */
const LIGHT_POINTS = 500;

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
  private readonly turns = new FairTurns({ atOnce: 8, atOnceOfOne: 2, longestWaitMs: 2_000 });

  constructor(
    schema: GraphQLSchema,
    private readonly rateLimits: RateLimits,
  ) {
    this.complexity = new ComplexityLimit(schema);
  }

  /**
   * Throws why the caller's token is worth nothing, RATE_LIMITED when too many sign-ins or too many points came from
   * the address, and what ComplexityLimit and FairTurns throw. A document without the operation asked for passes: whoever
   * executes it says so.
   */
  async check(
    { document, operationName, variables }: Operation,
    context: Pick<RequestContext, 'authFailure' | 'address' | 'asker' | 'onEnd'>,
  ): Promise<void> {
    const { authFailure, address } = context;
    const operation = getOperationAST(document, operationName);
    if (authFailure && !(operation && isSignIn(operation))) throw authFailure;
    if (!operation) return;
    if (operation.operation === 'subscription') throw new AppError('BAD_REQUEST', { detail: NOT_OVER_HTTP });
    const signIns = countSignIns(operation, document);
    if (signIns > 0) await this.rateLimits.take('signIn', address, signIns);
    const points = this.complexity.check(document, operationName, variables);
    if (points > LIGHT_POINTS) {
      await this.rateLimits.take('cost', address, points);
      context.onEnd(await this.turns.take(context.asker));
    }
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
