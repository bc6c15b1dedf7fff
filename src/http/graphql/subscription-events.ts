import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql';
import { AppError } from '../../errors';
import { formatExecutionError, translateToEnglish } from '../../schema/format-error';
import type { RequestContext } from '../../schema/request-context';
import { MAX_ANSWER_BYTES, sizeOf } from './answer-size';
import { logUnexpected } from './log-unexpected';

/** As clients see it. */
export type EventResult = Pick<ExecutionResult, 'data'> & { errors?: readonly GraphQLFormattedError[] };

export interface SubscriptionEventsOptions {
  source: AsyncIterator<unknown>;
  execute(event: unknown, context: RequestContext): Promise<ExecutionResult> | ExecutionResult;
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
  private readonly tell = ({ done, value }: IteratorResult<unknown>) =>
    done || this.hasEnded ? this.return() : this.told(value);
  private readonly fail = (error: unknown) => this.failure(error);

  constructor(private readonly options: SubscriptionEventsOptions) {}

  /** Not async: a frame that waits grows old, and what it held lives until a full collection of garbage. */
  next(): Promise<IteratorResult<EventResult, undefined>> {
    return this.hasEnded ? this.return() : this.options.source.next().then(this.tell, this.fail);
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

  private async told(event: unknown): Promise<IteratorResult<EventResult, undefined>> {
    const { options } = this;
    let context: RequestContext | undefined;
    try {
      context = await options.contextOf();
      if (context.authFailure) {
        options.onRefused(context.authFailure);
        return await this.return();
      }
      const result = await this.executed(event, context);
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
      return await this.failure(error, context);
    } finally {
      context?.end();
    }
  }

  private async failure(
    error: unknown,
    context?: RequestContext,
  ): Promise<IteratorResult<EventResult, undefined>> {
    const told = failed(error, context ?? (await this.options.contextOf()));
    await this.return();
    return { value: told, done: false };
  }

  private async executed(event: unknown, context: RequestContext): Promise<EventResult> {
    this.options.permit(context);
    const result = await this.options.execute(event, context);
    if (sizeOf(result) > MAX_ANSWER_BYTES) return failed(new AppError('QUERY_TOO_COMPLEX'), context);
    return {
      ...(result.data !== undefined && { data: result.data }),
      ...(result.errors && { errors: formattedErrors(result.errors, context) }),
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
