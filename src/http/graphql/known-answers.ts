import {
  getOperationAST,
  type DocumentNode,
  type FormattedExecutionResult,
  type OperationDefinitionNode,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { runCompiled, type CompiledDocuments } from '../../schema/compiled-execution';
import type { RequestContext } from '../../schema/request-context';
import { labelOf, type AnswerEndings } from './answer-endings';
import { answerTypeOf } from './answer-type';
import type { DocumentStore, PersistedTexts } from './document-store';
import type { Operation, OperationLimits } from './limits';
import { logUnexpected } from './log-unexpected';

export interface KnownAnswersDeps {
  documents: DocumentStore;
  texts: PersistedTexts;
  compiled: CompiledDocuments;
  limits: OperationLimits;
  endings: AnswerEndings;
}

/** An answer as it is sent. */
export interface KnownAnswer {
  status: number;
  headers: { 'content-type': string; 'cache-control': string };
  text: string;
}

type KnownOperation = Operation & { operation: OperationDefinitionNode; query: CompiledQuery };

/**
 * Answers to documents that Apollo has parsed, validated and compiled before: they go straight to the compiled query. All else
 * is Apollo's, and all that it would refuse.
 */
export class KnownAnswers {
  constructor(private readonly deps: KnownAnswersDeps) {}

  /** The answer to the JSON of a POST; null, before anything ran or was counted, when Apollo has to give it. */
  async answer(
    body: unknown,
    accept: string | undefined,
    context: RequestContext,
  ): Promise<KnownAnswer | null> {
    const { limits, endings } = this.deps;
    const type = answerTypeOf(accept);
    const known = type === undefined ? null : this.find(body);
    if (!known || !limits.passesUncounted(known, context)) return null;
    context.label.operation = labelOf(known.operation);
    const found = await runCompiled(known.query, context, known.variables, logUnexpected);
    if (!found) return null;
    const { result, status = 200 } = endings.of(found, context);
    const cacheControl = endings.cacheControl(result, context, known.document);
    return {
      status,
      headers: { 'cache-control': cacheControl, 'content-type': type! },
      text: textOf(result),
    };
  }

  private find(body: unknown): KnownOperation | null {
    if (!isRecord(body)) return null;
    const { operationName, variables, extensions } = body;
    if (operationName != null && typeof operationName !== 'string') return null;
    if (variables != null && !isRecord(variables)) return null;
    if (extensions != null && !isRecord(extensions)) return null;
    const document = this.documentOf(body.query, extensions?.persistedQuery);
    if (!document) return null;
    const operation = getOperationAST(document, operationName);
    const query = operation && this.deps.compiled.kept(document, operation.name?.value);
    return query ? { document, operation, operationName, variables: variables ?? {}, query } : null;
  }

  private documentOf(query: unknown, persisted: unknown): DocumentNode | undefined {
    const { documents, texts } = this.deps;
    if (!persisted) return typeof query === 'string' ? documents.ofText(query) : undefined;
    // A text beside a hash is to be registered, which is Apollo's.
    if (query !== undefined || !isRecord(persisted) || persisted.version !== 1) return undefined;
    const text = typeof persisted.sha256Hash === 'string' ? texts.ofHash(persisted.sha256Hash) : undefined;
    return text === undefined ? undefined : documents.ofText(text);
  }
}

/** As Apollo writes it. */
function textOf({ errors, data, extensions }: FormattedExecutionResult): string {
  return `${JSON.stringify({ errors, data, extensions })}\n`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
