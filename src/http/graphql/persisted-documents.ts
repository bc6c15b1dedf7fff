import { parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { AppError } from '../../errors';
import { MAX_TOKENS } from '../../schema/document-limits';
import type { RequestContext } from '../../schema/request-context';
import { meaningOf } from './document-meaning';

/** Characters of texts of which is remembered whether they mean a listed document. */
const MAX_JUDGED_CHARACTERS = 500_000;
const ENTRY_CHARACTERS = 100;

export interface PersistedDocument {
  /** SHA-256 of its text, in hexadecimal. */
  hash: string;
  text: string;
}

/** The documents that clients were built with. With `only` nobody but ADMIN may send others. */
export class PersistedDocuments {
  private readonly texts: ReadonlyMap<string, string>;
  private readonly listed: ReadonlySet<string>;
  private readonly meanings: ReadonlySet<string>;
  private readonly judged = new LRUCache<string, boolean>({
    maxSize: MAX_JUDGED_CHARACTERS,
    sizeCalculation: (_isListed, text) => text.length + ENTRY_CHARACTERS,
  });

  constructor(
    documents: readonly PersistedDocument[],
    readonly only: boolean,
  ) {
    this.texts = new Map(documents.map(({ hash, text }) => [hash, text]));
    this.listed = new Set(this.texts.values());
    this.meanings = new Set(only ? [...this.listed].map((text) => meaningOf(parse(text))) : []);
  }

  textOf(hash: string): string | undefined {
    return this.texts.get(hash);
  }

  /** Whether a text may be kept for whoever sends its hash. */
  mayRegister(text: string): boolean {
    return !this.only || this.includes(text);
  }

  /**
   * Throws DOCUMENT_NOT_PERSISTED for a text that this caller may not send, or why the token is worth nothing: it may be
   * that of an ADMIN. Where there is no text a hash is asked for, and leads to what is listed or registered.
   */
  requireListed(
    text: unknown,
    { authFailure, viewer }: Pick<RequestContext, 'authFailure' | 'viewer'>,
  ): void {
    if (!this.only || viewer?.role === 'ADMIN') return;
    if (typeof text !== 'string' || text === '' || this.includes(text)) return;
    throw authFailure ?? new AppError('DOCUMENT_NOT_PERSISTED');
  }

  /** Not by hashes: Apollo makes that of a text once it has passed. */
  private includes(text: string): boolean {
    if (this.listed.has(text)) return true;
    let isListed = this.judged.get(text);
    if (isListed === undefined) this.judged.set(text, (isListed = this.meansListed(text)));
    return isListed;
  }

  private meansListed(text: string): boolean {
    try {
      return this.meanings.has(meaningOf(parse(text, { maxTokens: MAX_TOKENS, noLocation: true })));
    } catch {
      return false;
    }
  }
}
