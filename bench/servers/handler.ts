import { clientAddressOf } from '../../src/http/client-address';
import type { GraphQLSchema } from 'graphql';
import type { Services } from '../../src/context/gateway';
import { createGraphqlHandler } from '../../src/http/graphql/handler';
import { PersistedDocuments } from '../../src/http/graphql/persisted-documents';
import { createGraphqlServer } from '../../src/http/graphql/server';
import { CompiledDocuments } from '../../src/schema/compiled-execution';
import { UnreadAnswers } from '../../src/http/unread-answers';
import { listen, runChild } from './child';
import { ourContext } from './our-context';

/** Our GraphQL handler alone, over a schema of choice. */
export function runHandler(schemaOver: (services: Services) => GraphQLSchema): void {
  runChild(async (settings) => {
    const { context, statements } = ourContext(settings);
    const schema = schemaOver(context.services);
    const persisted = new PersistedDocuments([], false);
    const { apollo, known } = createGraphqlServer(context, schema, persisted, new CompiledDocuments(schema));
    await apollo.start();
    const handler = createGraphqlHandler({
      ...context,
      apollo,
      known,
      persisted,
      headers: {},
      draining: () => false,
      unread: new UnreadAnswers(),
    });
    const addressOf = clientAddressOf([]);
    const url = await listen((request, response) => handler(request, response, addressOf(request)));
    return { url, statements };
  });
}
