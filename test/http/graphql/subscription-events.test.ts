import { buildSchema, execute, parse } from 'graphql';
import { AppError } from '../../../src/errors';
import { SubscriptionEvents } from '../../../src/http/graphql/subscription-events';
import { createLogger } from '../../../src/logger';
import type { RequestContext } from '../../../src/schema/request-context';

describe('what a subscriber is sent', () => {
  const logger = createLogger({ level: 'silent', pretty: false });
  const schema = buildSchema('type Query { a: Int } type Subscription { news: String! }');
  const document = parse('subscription { news }');

  function eventsOf(rows: (() => string)[]) {
    const left = [...rows];
    const [onRefused, onEvent, onEnd] = [jest.fn(), jest.fn(), jest.fn()];
    const next = async () => {
      const news = left.shift();
      return news ? { value: { news }, done: false as const } : { value: undefined, done: true as const };
    };
    const events = new SubscriptionEvents({
      source: { next } as AsyncIterator<unknown>,
      execute: (rootValue, contextValue) => execute({ schema, document, rootValue, contextValue }),
      contextOf: async () =>
        ({ authFailure: null, language: 'ko', logger, end: () => {} }) as unknown as RequestContext,
      permit: () => {},
      onRefused,
      onEvent,
      onEnd,
    });
    return { events, onRefused, onEvent, onEnd };
  }

  const fails = (code: 'UPSTREAM_UNAVAILABLE' | 'NOT_FOUND') => () => {
    throw new AppError(code);
  };

  it('is no error, but a word to come back, when an event cannot be read for now', async () => {
    const { events, onRefused, onEnd } = eventsOf([
      () => 'first',
      fails('UPSTREAM_UNAVAILABLE'),
      () => 'third',
    ]);
    expect(await events.next()).toEqual({ value: { data: { news: 'first' } }, done: false });
    expect(await events.next()).toEqual({ value: undefined, done: true });
    expect(onRefused).toHaveBeenCalledWith(expect.objectContaining({ code: 'UPSTREAM_UNAVAILABLE' }));
    expect(onEnd).toHaveBeenCalledTimes(1);
    expect(await events.next()).toEqual({ value: undefined, done: true });
  });

  it('is the error of an event that may not be read, and nothing after it', async () => {
    const { events, onRefused, onEnd } = eventsOf([fails('NOT_FOUND'), () => 'second']);
    expect((await events.next()).value?.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect(await events.next()).toEqual({ value: undefined, done: true });
    expect(onRefused).not.toHaveBeenCalled();
    expect(onEnd).toHaveBeenCalledTimes(1);
  });
});
