import type { Pool } from 'pg';
import type { Prisma } from '../../adapters/database/database';
import type { Answer } from '../../generated/prisma/client';
import { pageByCreation, requireId, type Page, type PageRequest } from '../shared/paging';
import type { Viewer } from '../user/viewer-guard';
import type { Passage } from './answerer';
import { selectHidden } from './answers.sql';
import type { KeptSource } from './kept-source';

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

/** What of an answer depends on its sources. */
export interface ShownAnswer {
  text: string;
  sources: ShownSource[];
}

/** In place of an answer that rests on what readers do not see any more; it may come back. */
const WITHDRAWN = '이 답변의 근거가 지금은 공개되어 있지 않아 답변을 보여 드리지 않아요. 다시 물어봐 주세요.';

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

  /** What readers see of each answer, by its id: nothing that rests on what is hidden or deleted by now. At most one statement. */
  async shownOf(
    answers: readonly Pick<Answer, 'id' | 'text' | 'sources'>[],
  ): Promise<Map<string, ShownAnswer>> {
    const kept = answers.map((answer) => ({ ...answer, sources: answer.sources as unknown as KeptSource[] }));
    const all = kept.flatMap(({ sources }) => sources);
    const hidden = all.length > 0 ? await selectHidden(this.deps.pool, all) : new Set<string>();
    return new Map(
      kept.map(({ id, text, sources }) => {
        const isShown = sources.every(({ of, page }) => !hidden.has(page ?? of));
        return [
          id,
          isShown
            ? { text, sources: sources.map((source) => this.shown(source)) }
            : { text: WITHDRAWN, sources: [] },
        ];
      }),
    );
  }

  private shown({ id, kind, of, title, snippet, link }: KeptSource): ShownSource {
    const page = SOURCE_PAGES[kind as OwnKind];
    return { id, title, snippet, link: link ?? `${this.deps.publicUrl}${page}/${of}` };
  }
}
