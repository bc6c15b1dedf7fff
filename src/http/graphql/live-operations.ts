import { hash } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import {
  createSourceEventStream,
  execute,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { GatewayContext } from '../../context/gateway';
import { AppError, type ErrorCode } from '../../errors';
import type { CompiledDocuments } from '../../schema/compiled-execution';
import { MAX_DOCUMENT_LENGTH } from '../../schema/document-limits';
import type { RequestContext } from '../../schema/request-context';
import { retryAfter } from '../fault-body';
import { countCaller } from './limits';
import { operationContext, type Caller, type OperationContextDeps } from './operation-context';
import type { PersistedDocuments } from './persisted-documents';
import { Seats } from './seats';
import { formattedErrors, SubscriptionEvents } from './subscription-events';
import { ToldAtOnce } from './told-at-once';

/** Of one user, or of one address for whoever is not signed in. */
const MAX_SUBSCRIPTIONS_OF_ONE = 1_000;
const MAX_SUBSCRIPTIONS = 20_000;

/** What a client asks for, whichever transport brought it. */
export interface LiveRequest {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
  extensions?: unknown;
}

/** Why a subscription was not opened; `status` is HTTP's. */
export interface Refusal {
  status: number;
  /** Why the token is worth nothing, when it is. */
  authFailure: AppError | null;
  errors: readonly GraphQLFormattedError[];
  /** Of an answer over HTTP. */
  headers: Record<string, string>;
}

export interface LiveOperationsDeps extends OperationContextDeps, Pick<GatewayContext, 'metrics'> {
  apollo: ApolloServer<RequestContext>;
  persisted: PersistedDocuments;
  schema: GraphQLSchema;
  compiled: CompiledDocuments | null;
}

/** Opens subscriptions for sockets and event streams, past every guard that a request over HTTP passes. */
export class LiveOperations {
  private readonly seats = new Seats({ ofOne: MAX_SUBSCRIPTIONS_OF_ONE, ofAll: MAX_SUBSCRIPTIONS });

  private readonly toldAtOnce = new ToldAtOnce<Promise<ExecutionResult> | ExecutionResult>();

  constructor(private readonly deps: LiveOperationsDeps) {}

  /** `onRefused` is called when the caller's token has become worth nothing. */
  async open(
    from: Caller,
    request: LiveRequest,
    transport: 'socket' | 'stream',
    onRefused: (failure: AppError) => void,
  ): Promise<
    { document: NonNullable<RequestContext['admitted']['document']>; events: SubscriptionEvents } | Refusal
  > {
    const caller: Caller = { ...from, isLive: true, namesReader: false };
    const { context } = await operationContext(this.deps, caller);
    try {
      return await this.opened(caller, context, request, transport, onRefused);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.deps.metrics.errors.inc({ code: error.code });
      return refusal(error, context);
    } finally {
      context.end();
    }
  }

  private async opened(
    caller: Caller,
    context: RequestContext,
    request: LiveRequest,
    transport: 'socket' | 'stream',
    onRefused: (failure: AppError) => void,
  ) {
    const { apollo, compiled, limits, logger, metrics, persisted, schema } = this.deps;
    await limits.take('address', caller.address);
    await countCaller(limits, context);
    const { query, operationName, variables, extensions } = textual(request);
    if (query.length > MAX_DOCUMENT_LENGTH) throw new AppError('QUERY_TOO_COMPLEX');
    persisted.requireListed(query, context);
    const admission = await apollo.executeOperation(
      {
        // Clients of both protocols have to send a text; an empty one stands beside a hash.
        ...(query === '' && extensions.persistedQuery !== undefined ? { extensions } : { query }),
        variables,
        ...(operationName !== undefined && { operationName }),
      },
      { contextValue: context },
    );
    const { body, http } = admission;
    if (body.kind !== 'single') throw new Error('incremental delivery is not offered');
    const { document } = context.admitted;
    const seconds = http.headers.get('retry-after');
    if (body.singleResult.errors || !document)
      return {
        // Over HTTP an unknown hash has 200; here it would look like a stream.
        status: http.status === undefined || http.status < 400 ? 400 : http.status,
        authFailure: context.authFailure,
        errors: body.singleResult.errors ?? [],
        headers: { ...(seconds !== undefined && { 'retry-after': seconds }) } as Record<string, string>,
      };
    const giveBack = this.seats.take(context.viewer?.userId ?? caller.address);
    if (!giveBack) throw new AppError('RATE_LIMITED', { retryAfterSeconds: 60 });
    const args = {
      schema, document, variableValues: variables,
      ...(operationName !== undefined && { operationName }),
    }; // prettier-ignore
    const source = await createSourceEventStream({ ...args, contextValue: context }).catch(
      (error: unknown) => {
        giveBack();
        throw error;
      },
    );
    if (!(Symbol.asyncIterator in source)) {
      giveBack();
      const errors = formattedErrors(source.errors!, context);
      return { status: statusOf(errors[0]!), authFailure: null, errors, headers: {} };
    }
    const asked = hash('sha256', JSON.stringify([document.loc!.source.body, operationName, variables]));
    const { operation } = context.label;
    metrics.liveSubscriptions.inc({ transport });
    logger.info(
      { requestId: context.requestId, userId: context.viewer?.userId, operation, transport },
      'subscription',
    );
    const events = new SubscriptionEvents({
      source: source[Symbol.asyncIterator](),
      execute: (rootValue, contextValue) =>
        this.toldAtOnce.of(
          rootValue,
          `${asked} ${readerKey(contextValue)}`,
          () =>
            compiled?.find(document, operationName)?.query(rootValue, contextValue, variables) ??
            execute({ ...args, rootValue, contextValue }),
        ),
      contextOf: async () => (await operationContext(this.deps, caller)).context,
      permit: (now) => persisted.requireListed(query, now),
      onRefused,
      onEvent: () => metrics.liveEvents.inc({ operation }),
      onEnd: () => {
        metrics.liveSubscriptions.dec({ transport });
        giveBack();
      },
    });
    return { document, events };
  }
}

/** Readers of the same key may read the same. */
function readerKey({ viewer, viewerId, language }: RequestContext): string {
  return `${viewer?.sessionId} ${viewer?.role} ${viewerId} ${language}`;
}

/** Nothing of it ran, so its status is that of the code. */
function statusOf({ extensions }: GraphQLFormattedError): number {
  return new AppError(extensions!.code as ErrorCode).status;
}

/** Clients send what they like. */
function textual({ query, operationName, variables, extensions }: LiveRequest) {
  return {
    query: typeof query === 'string' ? query : '',
    operationName: typeof operationName === 'string' ? operationName : undefined,
    variables: objectOr(variables),
    extensions: objectOr(extensions),
  };
}

function objectOr(value: unknown): Record<string, unknown> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : {};
}

function refusal(fault: AppError, { authFailure, language }: RequestContext): Refusal {
  const error = { message: fault.text(language), extensions: fault.extensions };
  return { status: fault.status, authFailure, errors: [error], headers: retryAfter(fault) };
}
