import { ApolloServer, HeaderMap, type ApolloServerPlugin, type GraphQLRequestContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { GatewayContext } from '../../context/gateway';
import { AppError } from '../../errors';
import { retryAfter } from '../fault-body';
import { createDocumentStore, createPersistedQueryCache } from './document-store';
import { AnswerEndings, labelOf } from './answer-endings';
import { KnownAnswers } from './known-answers';
import { OperationLimits } from './limits';
import { isUnexpected, logUnexpected } from './log-unexpected';
import type { PersistedDocuments } from './persisted-documents';
import { compiledExecution, type CompiledDocuments } from '../../schema/compiled-execution';
import { appErrorOf, formatError } from '../../schema/format-error';
import { DOCUMENT_RULES, MAX_TOKENS } from '../../schema/document-limits';
import { PublicAnswers } from '../../schema/public-answers';
import type { RequestContext } from '../../schema/request-context';

export interface GraphqlServer {
  apollo: ApolloServer<RequestContext>;
  /** What is answered without Apollo; null where nothing is compiled. */
  known: KnownAnswers | null;
}

/** Apollo Server over the permitted schema, with every limit; started by the caller. */
export function createGraphqlServer(
  { config, limits: rateLimits, metrics }: Pick<GatewayContext, 'config' | 'limits' | 'metrics'>,
  schema: GraphQLSchema,
  persisted: PersistedDocuments,
  compiled: CompiledDocuments | null,
): GraphqlServer {
  const documents = createDocumentStore();
  const texts = createPersistedQueryCache(persisted);
  const limits = new OperationLimits(schema, rateLimits);
  const endings = new AnswerEndings(schema, metrics);
  const apollo = new ApolloServer<RequestContext>({
    schema,
    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: config.production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    maxRecursiveSelections: 1_000,
    parseOptions: { maxTokens: MAX_TOKENS },
    documentStore: documents,
    persistedQueries: { cache: texts },
    validationOptions: { maxErrors: 5 },
    executionOptions: { maxCoercionErrors: 5 },
    validationRules: [...DOCUMENT_RULES],
    allowBatchedHttpRequests: false,
    formatError,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      requestPlugin(limits, endings),
      ...(compiled ? [compiledExecution(compiled, logUnexpected)] : []),
    ],
  });
  const known =
    compiled &&
    new KnownAnswers({
      documents,
      texts,
      compiled,
      limits,
      endings,
      publicAnswers: new PublicAnswers(schema),
    });
  return { apollo, known };
}

function requestPlugin(limits: OperationLimits, endings: AnswerEndings): ApolloServerPlugin<RequestContext> {
  const listener = {
    async didResolveOperation(request: GraphQLRequestContext<RequestContext>) {
      const { contextValue, document, operation, operationName } = request;
      const { variables = {} } = request.request;
      if (operation) contextValue.label.operation = labelOf(operation);
      try {
        await limits.check({ document: document!, operationName, variables }, contextValue);
      } catch (error) {
        throw refusal(error, contextValue);
      }
    },
    /** Whoever sent a subscription opens it, now that it has passed. */
    async responseForOperation({
      contextValue: { admitted, isLive },
      document,
      response,
    }: GraphQLRequestContext<RequestContext>) {
      if (!isLive) return null;
      admitted.document = document!;
      return { http: response.http, body: { kind: 'single' as const, singleResult: { data: null } } };
    },
    async didEncounterErrors({ contextValue, errors }: GraphQLRequestContext<RequestContext>) {
      logUnexpected(contextValue, errors ?? []);
    },
    async willSendResponse({ contextValue, document, response }: GraphQLRequestContext<RequestContext>) {
      if (response.body?.kind !== 'single') return;
      const { result, status } = endings.of(response.body.singleResult, contextValue);
      response.body.singleResult = result;
      if (status !== undefined) response.http.status = status;
      response.http.headers.set('cache-control', endings.cacheControl(result, contextValue, document));
    },
  };
  return { requestDidStart: async () => listener };
}

/** An error that stops the request before anything ran; it decides the HTTP status. */
function refusal(error: unknown, { logger, requestId }: RequestContext): GraphQLError {
  if (error instanceof GraphQLError) return badVariable(error);
  const known = appErrorOf(error) ?? new AppError('INTERNAL_SERVER_ERROR', { cause: error });
  if (isUnexpected(known)) logger.error({ error: known.cause, requestId }, 'a request failed before it ran');
  const headers = new HeaderMap(Object.entries(retryAfter(known)));
  return new GraphQLError(known.message, {
    originalError: known,
    extensions: { code: known.code, http: { status: known.status, headers } },
  });
}

/** What graphql-js says of a variable's value; Apollo gives it this code only when it comes from execution. */
function badVariable({ message, nodes }: GraphQLError): GraphQLError {
  const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } };
  return new GraphQLError(message, { ...(nodes && { nodes }), extensions });
}
