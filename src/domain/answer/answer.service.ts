import type { Pool } from 'pg';
import type { Prisma } from '../../adapters/database/database';
import type { Answer } from '../../generated/prisma/client';
import { pageByCreation, requireId, type Page, type PageRequest } from '../shared/paging';
import type { Viewer } from '../user/viewer-guard';
import type { Passage } from './answerer';
import { selectHidden } from './answers.sql';
import { quotedPlaces, type KeptSource } from './kept-source';

/** Documents, which are not ours, have links of their own. */
export type OwnKind = Exclude<Passage['kind'], 'document'>;

/** Where our own terms, FAQs and articles can be read, below PUBLIC_URL. */
export const SOURCE_PAGES: Record<OwnKind, string> = {
  term: '/sources/terms',
  faq: '/sources/faqs',
  article: '/sources/articles',
};

/** A source as clients see it. */
export interface ShownSource {
  id: string;
  title: string;
  link: string;
  snippet: string;
}

/** Reading answers. */
export class AnswerService {
  constructor(private readonly deps: { prisma: Prisma; pool: Pool; publicUrl: string }) {}

  /** null when absent or, for everybody but ADMIN, another's. */
  async byId({ userId, role }: Viewer, id: string): Promise<Answer | null> {
    const where = { id: requireId('id', id), ...(role !== 'ADMIN' && { userId }) };
    return this.deps.prisma.answer.findFirst({ where });
  }

  /** A reader's own, newest first. */
  listOf(userId: string, request: PageRequest): Promise<Page<Answer>> {
    const where = { userId };
    return pageByCreation(this.deps.prisma.answer, where, request);
  }

  /** Of each answer, by its id, without what is hidden by now. At most one statement. */
  async sourcesOf(answers: readonly Answer[]): Promise<Map<string, ShownSource[]>> {
    const kept = answers.map(({ id, sources }) => [id, sources as unknown as KeptSource[]] as const);
    const { articleIds, pages } = quotedPlaces(kept.flatMap(([, sources]) => sources));
    const quoted = articleIds.length + pages.length > 0;
    const hidden = quoted ? await selectHidden(this.deps.pool, articleIds, pages) : new Set<string>();
    return new Map(
      kept.map(([id, sources]) => [
        id,
        sources.filter((source) => !hidden.has(source.page ?? source.of)).map((source) => this.shown(source)),
      ]),
    );
  }

  private shown({ id, kind, of, title, snippet, link }: KeptSource): ShownSource {
    const page = SOURCE_PAGES[kind as OwnKind];
    return { id, title, snippet, link: link ?? `${this.deps.publicUrl}${page}/${of}` };
  }
}
