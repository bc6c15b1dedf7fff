import { clientAddressOf } from '../../src/http/client-address';
import type { GraphQLSchema } from 'graphql';
import type { Services } from '../../src/context/gateway';
import { createGraphqlHandler } from '../../src/http/graphql/handler';
import { createGraphqlServer } from '../../src/http/graphql/server';
import { UnreadAnswers } from '../../src/http/graphql/unread-answers';
import { listen, runChild } from './child';
import { ourContext } from './our-context';

/** Our GraphQL handler alone, over a schema of choice. */
export function runHandler(schemaOver: (services: Services) => GraphQLSchema): void {
  runChild(async (settings) => {
    const { context, statements } = ourContext(settings);
    const unread = new UnreadAnswers();
    const apollo = createGraphqlServer(context, schemaOver(context.services), unread);
    await apollo.start();
    const handler = createGraphqlHandler({
      ...context,
      apollo,
      unread,
      headers: {},
      draining: () => false,
      addressOf: clientAddressOf([]),
    });
    return { url: await listen(handler), statements };
  });
}
