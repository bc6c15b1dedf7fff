import type { DocumentNode, FormattedExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { Kind } from 'graphql';
import type { Metrics } from '../../adapters/telemetry/metrics';
import { AppError } from '../../errors';
import { CacheHints, NOT_STORED } from '../../schema/cache-hints';
import { formatError, translateToEnglish } from '../../schema/format-error';
import type { RequestContext } from '../../schema/request-context';
import { MAX_ANSWER_BYTES, sizeOf } from './answer-size';

/** What is sent of a result, whoever executed the operation. */
export class AnswerEndings {
  private readonly cacheHints: CacheHints;

  constructor(
    schema: GraphQLSchema,
    private readonly metrics: Metrics,
  ) {
    this.cacheHints = new CacheHints(schema);
  }

  /** The result in the reader's language, and its HTTP status when it is another one than so far. */
  of(
    found: FormattedExecutionResult,
    { language }: RequestContext,
  ): { result: FormattedExecutionResult; status?: number } {
    const refusal = sizeOf(found) > MAX_ANSWER_BYTES ? new AppError('QUERY_TOO_COMPLEX') : null;
    const result = refusal ? { errors: [formatError({ message: refusal.message }, refusal)] } : found;
    for (const { extensions } of result.errors ?? [])
      this.metrics.errors.inc({ code: String(extensions?.code) });
    return {
      result:
        result.errors && language === 'en'
          ? { ...result, errors: translateToEnglish(result.errors) }
          : result,
      ...(refusal && { status: refusal.status }),
    };
  }

  /** The Cache-Control of a result. */
  cacheControl(
    { errors }: FormattedExecutionResult,
    { anonymous, newViewerName }: RequestContext,
    document: DocumentNode | undefined,
  ): string {
    const isPersonal = !anonymous || newViewerName != null;
    return !isPersonal && !errors && document ? this.cacheHints.headerFor(document) : NOT_STORED;
  }
}

/** What metrics and traces call an operation; its document names only fields of our schema. */
export function labelOf({ operation, selectionSet }: OperationDefinitionNode): string {
  const [first] = selectionSet.selections;
  return `${operation} ${first?.kind === Kind.FIELD ? first.name.value : 'fragment'}`;
}
