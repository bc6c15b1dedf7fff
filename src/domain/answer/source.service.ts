import type { Prisma } from '../../adapters/database/database';
import { isId } from '../shared/paging';
import { paragraphsOf } from '../shared/text';
import type { OwnKind } from './answer.service';

/** A term, an FAQ or an article of ours as its page shows it. */
export interface SourceText {
  title: string;
  paragraphs: string[];
  /** Of an article: where the original is, and whose it is. */
  original?: { publisher: string; url: string | null };
}

/** Reading what answers name as their sources. */
export class SourceService {
  constructor(private readonly deps: { prisma: Prisma }) {}

  /** null for what is absent or not published, and for what is no id. */
  async read(kind: OwnKind, id: string): Promise<SourceText | null> {
    if (!isId(id)) return null;
    if (kind === 'term') return this.term(id);
    return kind === 'faq' ? this.faq(id) : this.article(id);
  }

  private async term(id: string): Promise<SourceText | null> {
    const term = await this.deps.prisma.economicTerm.findUnique({ where: { id } });
    if (!term) return null;
    const example = term.example === null ? [] : [`예: ${term.example}`];
    return { title: term.term, paragraphs: [...paragraphsOf(term.description), ...example] };
  }

  private async faq(id: string): Promise<SourceText | null> {
    const faq = await this.deps.prisma.faq.findUnique({ where: { id } });
    return faq && { title: faq.question, paragraphs: paragraphsOf(faq.answer) };
  }

  private async article(id: string): Promise<SourceText | null> {
    const article = await this.deps.prisma.article.findFirst({
      where: { id, status: 'PUBLISHED' },
      select: { title: true, content: true, sourceUrl: true, publisher: { select: { name: true } } },
    });
    if (!article) return null;
    const { title, content, sourceUrl: url, publisher } = article;
    return { title, paragraphs: paragraphsOf(content), original: { publisher: publisher.name, url } };
  }
}
