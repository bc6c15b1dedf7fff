import type { Prisma } from '../../adapters/database/database';
import type { NewsletterIssue } from '../../generated/prisma/client';
import { pageByCreation, type Page, type PageRequest } from '../shared/paging';

/** Looking at what was sent. */
export class NewsletterIssueService {
  constructor(private readonly deps: { prisma: Prisma }) {}

  /** Newest first. */
  list(request: PageRequest): Promise<Page<NewsletterIssue>> {
    return pageByCreation(this.deps.prisma.newsletterIssue, {}, request);
  }
}
