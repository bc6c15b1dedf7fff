import {
  execute, GraphQLError,
  type DocumentNode, type ExecutionArgs, type ExecutionResult, type GraphQLFormattedError, type GraphQLSchema,
} from 'graphql'; // prettier-ignore
import { AppError } from '../../errors';
import { formatExecutionError, translateToEnglish } from '../../schema/format-error';
import type { RequestContext } from '../../schema/request-context';
import { MAX_ANSWER_BYTES, sizeOf } from './answer-size';
import { logUnexpected } from './server';

/** As clients see it. */
export type EventResult = Pick<ExecutionResult, 'data'> & { errors?: readonly GraphQLFormattedError[] };

export interface SubscriptionEventsOptions {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
  source: AsyncIterator<unknown>;
  /** Made anew for each event: who was signed in, and what may be read, is asked each time. */
  contextOf(): Promise<RequestContext>;
  /** Throws when whoever asks may not send this document any more. */
  permit(context: RequestContext): void;
  /** The token is worth nothing any more, or an event cannot be read for now; nothing is told after it. */
  onRefused(failure: AppError): void;
  onEvent(): void;
  onEnd(): void;
}

/** What a subscriber is sent. Ends with the first event that may not be read; never throws. */
export class SubscriptionEvents implements AsyncIterableIterator<EventResult> {
  private hasEnded = false;

  constructor(private readonly options: SubscriptionEventsOptions) {}

  async next(): Promise<IteratorResult<EventResult, undefined>> {
    if (this.hasEnded) return this.return();
    const { options } = this;
    let context: RequestContext | undefined;
    try {
      const { value, done } = await options.source.next();
      if (done || this.hasEnded) return await this.return();
      context = await options.contextOf();
      if (context.authFailure) {
        options.onRefused(context.authFailure);
        return await this.return();
      }
      const result = await this.executed(value, context);
      if (this.hasEnded) return await this.return();
      const outage = result.data ? null : outageIn(result.errors);
      if (outage) {
        options.onRefused(outage);
        return await this.return();
      }
      options.onEvent();
      if (!result.data) await this.return();
      return { value: result, done: false };
    } catch (error) {
      context ??= await options.contextOf();
      await this.return();
      return { value: failed(error, context), done: false };
    } finally {
      context?.end();
    }
  }

  /** Ends it, also while an event is waited for. */
  async return(): Promise<IteratorResult<EventResult, undefined>> {
    if (!this.hasEnded) {
      this.hasEnded = true;
      this.options.onEnd();
      await this.options.source.return?.();
    }
    return { value: undefined, done: true };
  }

  throw(): Promise<IteratorResult<EventResult, undefined>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async executed(rootValue: unknown, contextValue: RequestContext): Promise<EventResult> {
    const { schema, document, operationName, variables } = this.options;
    this.options.permit(contextValue);
    const args: ExecutionArgs = { schema, document, rootValue, contextValue, variableValues: variables };
    const result = await execute({ ...args, ...(operationName !== undefined && { operationName }) });
    if (sizeOf(result) > MAX_ANSWER_BYTES) return failed(new AppError('QUERY_TOO_COMPLEX'), contextValue);
    return {
      ...(result.data !== undefined && { data: result.data }),
      ...(result.errors && { errors: formattedErrors(result.errors, contextValue) }),
    };
  }
}

/** What is told of an error that stopped a subscription. */
function failed(error: unknown, context: RequestContext): EventResult {
  const wrapped = new GraphQLError('', { originalError: error as Error });
  return { errors: formattedErrors([wrapped], context) };
}

/** In the reader's language; what is unexpected is logged and kept from them. */
export function formattedErrors(
  errors: readonly GraphQLError[],
  context: RequestContext,
): GraphQLFormattedError[] {
  logUnexpected(context, errors);
  const formatted = errors.map(formatExecutionError);
  return context.language === 'en' ? translateToEnglish(formatted) : formatted;
}

/** Whoever met it is to come back: an error would end the subscription for good. */
export function outageIn(errors: readonly GraphQLFormattedError[] = []): AppError | null {
  const isAway = errors.some(({ extensions }) => extensions?.code === 'UPSTREAM_UNAVAILABLE');
  return isAway ? new AppError('UPSTREAM_UNAVAILABLE') : null;
}
