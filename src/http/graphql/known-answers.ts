import {
  getOperationAST,
  type DocumentNode,
  type FormattedExecutionResult,
  type OperationDefinitionNode,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { runCompiled, type CompiledDocuments } from '../../schema/compiled-execution';
import { readsAsEverybody, type PublicAnswers } from '../../schema/public-answers';
import type { RequestContext } from '../../schema/request-context';
import { labelOf, type AnswerEndings } from './answer-endings';
import { answerTypeOf } from './answer-type';
import { AskedAtOnce } from './asked-at-once';
import type { DocumentStore, PersistedTexts } from './document-store';
import type { Operation, OperationLimits } from './limits';
import { logUnexpected } from './log-unexpected';

/** Characters of variables up to which they are looked for among what others ask: longer ones are rarely the same. */
const MAX_SHARED_VARIABLES = 200;

export interface KnownAnswersDeps {
  documents: DocumentStore;
  texts: PersistedTexts;
  compiled: CompiledDocuments;
  limits: OperationLimits;
  endings: AnswerEndings;
  publicAnswers: PublicAnswers;
}

/** An answer as it is sent. */
export interface KnownAnswer {
  status: number;
  headers: { 'content-type': string; 'cache-control': string };
  text: string | Buffer;
}

type KnownOperation = Operation & { operation: OperationDefinitionNode; query: CompiledQuery };

/** A result as text, and for whose request it was worked out. */
interface Told {
  by: RequestContext;
  result: FormattedExecutionResult;
  status: number;
  text: string | Buffer;
}

/**
 * Answers to documents that Apollo has parsed, validated and compiled before: they go straight to the compiled query. All else
 * is Apollo's, and all that it would refuse.
 */
export class KnownAnswers {
  private readonly atOnce = new AskedAtOnce<Told | null>();

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
    const told = await this.told(known, context);
    if (!told) return null;
    const cacheControl = endings.cacheControl(told.result, context, known.document);
    return {
      status: told.status,
      headers: { 'cache-control': cacheControl, 'content-type': type! },
      text: told.text,
    };
  }

  /** One for all who ask for the same in the same turn, where it is everybody's. */
  private async told(known: KnownOperation, context: RequestContext): Promise<Told | null> {
    const { document, operationName } = known;
    const variables = this.sharedVariables(known, context);
    if (variables === null) return this.run(known, context);
    const key = `${operationName ?? ''} ${context.language} ${variables}`;
    const told = await this.atOnce.of(document, key, async () => {
      const own = await this.run(known, context);
      return own && !own.result.errors ? { ...own, text: Buffer.from(own.text) } : own;
    });
    // Errors say who asked and are logged for each; one who has gone away leaves them to the others.
    return told?.result.errors && told.by !== context ? this.run(known, context) : told;
  }

  /** What tells apart the answers to a document; null when nobody shares them. */
  private sharedVariables({ document, variables }: KnownOperation, context: RequestContext): string | null {
    if (!readsAsEverybody(context) || !this.deps.publicAnswers.includes(document)) return null;
    try {
      const text = JSON.stringify(variables);
      return text.length > MAX_SHARED_VARIABLES ? null : text;
    } catch {
      return null; // nested too deep
    }
  }

  private async run(known: KnownOperation, context: RequestContext): Promise<Told | null> {
    const found = await runCompiled(known.query, context, known.variables, logUnexpected);
    if (!found) return null;
    const { result, status = 200 } = this.deps.endings.of(found, context);
    return { by: context, result, status, text: textOf(result) };
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
