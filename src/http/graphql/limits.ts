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
  ko: 'subscription은 여기로 보낼 수 없습니다. WebSocket(/graphql)이나 /graphql/stream으로 보내 주세요.',
  en: 'Subscriptions cannot be sent here. Send them by WebSocket (/graphql) or to /graphql/stream.',
};
const ONLY_SUBSCRIPTIONS: Localized = {
  ko: '여기로는 subscription만 보낼 수 있습니다. query와 mutation은 /graphql에 POST로 보내 주세요.',
  en: 'Only subscriptions can be sent here. Send queries and mutations by POST to /graphql.',
};

const COUNTED_SIGN_INS = new Set([...SIGN_IN_FIELDS].filter((field) => field !== 'logout'));
const EXPORT_FIELDS = new Set(['exportMyData']);

/** Operations of up to so many points are bounded by their number alone. */
const LIGHT_POINTS = 500;
/** Of a subscription, which is executed for each event and counted once. */
const MAX_SUBSCRIPTION_POINTS = 1_000;

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

  /** Whether `check` lets it pass without counting anything for it. */
  passesUncounted(
    { document, operationName, variables }: Operation,
    { authFailure }: Pick<RequestContext, 'authFailure'>,
  ): boolean {
    const operation = getOperationAST(document, operationName);
    if (authFailure || !operation || operation.operation === 'subscription') return false;
    if (countSignIns(operation, document) > 0) return false;
    try {
      return this.complexity.check(document, operationName, variables) <= LIGHT_POINTS;
    } catch {
      return false;
    }
  }

  /**
   * Throws why the caller's token is worth nothing, RATE_LIMITED when too many sign-ins or too many points came from
   * the address or too many exports from the user, and what ComplexityLimit and FairTurns throw. A document without the
   * operation asked for passes: whoever executes it says so.
   */
  async check(
    { document, operationName, variables }: Operation,
    context: Pick<RequestContext, 'authFailure' | 'viewer' | 'address' | 'asker' | 'isLive' | 'onEnd'>,
  ): Promise<void> {
    const { authFailure, viewer, address, isLive = false } = context;
    const operation = getOperationAST(document, operationName);
    if (authFailure && !(operation && isSignIn(operation))) throw authFailure;
    if (!operation) return;
    const isSubscription = operation.operation === 'subscription';
    if (isSubscription !== isLive)
      throw new AppError('BAD_REQUEST', { detail: isLive ? ONLY_SUBSCRIPTIONS : NOT_OVER_HTTP });
    const signIns = countSignIns(operation, document);
    if (signIns > 0) await this.rateLimits.take('signIn', address, signIns);
    const points = this.complexity.check(document, operationName, variables);
    if (isSubscription && points > MAX_SUBSCRIPTION_POINTS) throw new AppError('QUERY_TOO_COMPLEX');
    if (points > LIGHT_POINTS) {
      await this.rateLimits.take('cost', address, points);
      const exports = countFields(EXPORT_FIELDS, operation, document);
      if (viewer && exports > 0) await this.rateLimits.take('export', viewer.userId, exports);
      context.onEnd(await this.turns.take(context.asker));
    }
  }
}

function isSignIn({ operation, selectionSet: { selections } }: OperationDefinitionNode): boolean {
  // Some clients put a `__typename` into every selection.
  const mayStand = (field: string) => SIGN_IN_FIELDS.has(field) || field === '__typename';
  return (
    operation === 'mutation' &&
    selections.every((selection) => selection.kind === Kind.FIELD && mayStand(selection.name.value))
  );
}

/** Sign-ins that a mutation asks for; logout asks for none. */
export function countSignIns(operation: OperationDefinitionNode, document: DocumentNode): number {
  return operation.operation === 'mutation' ? countFields(COUNTED_SIGN_INS, operation, document) : 0;
}

/** Root fields of these names, those in fragments of the document included: each counts, whatever it is called. */
function countFields(
  names: ReadonlySet<string>,
  operation: OperationDefinitionNode,
  { definitions }: DocumentNode,
): number {
  const countIn = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + countIn(selection.selectionSet);
      return selection.kind === Kind.FIELD && names.has(selection.name.value) ? sum + 1 : sum;
    }, 0);
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return [operation, ...fragments].reduce((sum, { selectionSet }) => sum + countIn(selectionSet), 0);
}
