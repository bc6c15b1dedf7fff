import type { DocumentNode } from 'graphql';
import type { Asker } from '../adapters/rate-limiter/fair-turns';
import type { Services } from '../context/gateway';
import { readerIdOfViewer, type Reader } from '../domain/reading/reader';
import type { Viewer } from '../domain/user/viewer-guard';
import { AppError, type Localized } from '../errors';
import type { Logger } from '../logger';
import { createLoaders, type Loaders } from './loaders';

/** What is known of a request before its operation starts. */
export type RequestFacts = Omit<
  RequestContext,
  | 'identified'
  | 'label'
  | 'admitted'
  | 'live'
  | 'loaders'
  | 'signedIn'
  | 'reader'
  | 'identify'
  | 'caller'
  | 'asker'
  | 'once'
  | 'onEnd'
  | 'end'
>;

/** What every resolver and rule may read; loaded before the operation starts. */
export class RequestContext {
  readonly requestId!: string;
  readonly viewer!: Viewer | null;
  /** Why the presented token is worth nothing; most operations are refused with it. */
  readonly authFailure!: AppError | null;
  /** Where it came from, as limits count it. */
  readonly address!: string;
  /** An anonymous reader's own name, when it sent one that we issued. */
  readonly viewerId!: string | null;
  /** The name that an anonymous reader who sent none is given with this very answer. */
  readonly newViewerName?: string | null;
  /** Whom an anonymous reader without a name is taken for: a new one, or all of an address that brought too many. */
  readonly unnamedId?: string | null;
  /** Neither token nor cookie came with it: the answer may be anybody's. */
  readonly anonymous!: boolean;
  readonly language!: keyof Localized;
  readonly userAgent!: string | null;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal!: AbortSignal;
  readonly logger!: Logger;
  /** It came over a transport that takes subscriptions, and nothing else. */
  readonly isLive?: boolean;
  /** Users whose tokens this very answer hands out: their own fields are theirs to read. */
  readonly identified = new Set<string>();
  /** Kind and first root field, e.g. `query articles`: what metrics and traces call it. */
  readonly label = { operation: 'none' };
  /** Of a subscription: the document that passed all limits. */
  readonly admitted: { document: DocumentNode | null } = { document: null };
  private batches: Loaders | undefined;
  // Apollo executes with a copy of the context: what is held is shared by both.
  private readonly ends: (() => void)[] = [];
  private readonly answers = new Map<string, unknown>();

  constructor(
    facts: RequestFacts,
    private readonly services: Services,
  ) {
    Object.assign(this, facts);
  }

  get loaders(): Loaders {
    return (this.batches ??= createLoaders(this.services, this.asker));
  }

  /** What can be watched. */
  get live(): Pick<Services, 'liveAnswers' | 'liveArticles' | 'liveJobs'> {
    return this.services;
  }

  /** The signed-in caller. The permission map lets nobody else come here. */
  get signedIn(): Viewer {
    if (!this.viewer) throw new AppError('UNAUTHENTICATED');
    return this.viewer;
  }

  /** Whoever reads, signed in or not. */
  get reader(): Reader {
    const { viewer, address } = this;
    if (viewer) return { id: viewer.userId, userId: viewer.userId, address };
    const viewerId = this.viewerId ?? this.unnamedId;
    if (viewerId == null) throw new AppError('UNAUTHENTICATED');
    return { id: readerIdOfViewer(viewerId), userId: null, address };
  }

  /** The tokens go to this user, who may therefore see their own fields beside them. */
  identify<T extends { user: { id: string } }>(payload: T): T {
    this.identified.add(payload.user.id);
    return payload;
  }

  /** Who waits for what costs much. */
  get asker(): Asker {
    return { address: this.address, signal: this.signal };
  }

  /** What was answered under this name in this request, else what `ask` answers now. */
  once<T>(name: string, ask: () => T): T {
    if (!this.answers.has(name)) this.answers.set(name, ask());
    return this.answers.get(name) as T;
  }

  /** Called when the operation has ended, however it did. */
  onEnd(giveBack: () => void): void {
    this.ends.push(giveBack);
  }

  end(): void {
    for (const giveBack of this.ends.splice(0)) giveBack();
  }

  /** Who asks and under which request, as jobs record it. */
  get caller(): { viewer: Viewer; requestId: string } {
    return { viewer: this.signedIn, requestId: this.requestId };
  }
}
