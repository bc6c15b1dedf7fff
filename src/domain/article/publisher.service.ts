import { isDeepStrictEqual } from 'node:util';
import { getDomain } from 'tldts';
import type { Prisma, Transaction } from '../../adapters/database/database';
import { conflictOver } from '../../adapters/database/database-errors';
import { AppError, badUserInput } from '../../errors';
import { nameFrom } from '../../visible-text';
import { audit } from '../audit/audit.service';
import { requireId } from '../shared/paging';
import { requireLine } from '../shared/text';
import type { Viewer } from '../user/viewer-guard';
import type { Publisher } from './article';

export interface PublisherEdit {
  name?: string | null;
  feedUrl?: string | null;
  enabled?: boolean | null;
}

const MAX_NAME = 100;
const MAX_PUBLISHERS = 1_000;

export class PublisherService {
  constructor(private readonly deps: { prisma: Prisma }) {}

  /** ADMIN sees all; others those we follow or have published, not what a crawled page calls itself. */
  list(viewer: Viewer | null): Promise<Publisher[]> {
    const known = {
      OR: [
        { enabled: true },
        { feedUrl: { not: null } },
        { articles: { some: { status: 'PUBLISHED' as const } } },
      ],
    };
    return this.deps.prisma.publisher.findMany({
      where: viewer?.role === 'ADMIN' ? {} : known,
      orderBy: { name: 'asc' },
      take: MAX_PUBLISHERS,
    });
  }

  /** Throws CONFLICT when the name is taken. */
  create(
    viewer: Viewer,
    input: { name: string; feedUrl?: string | null; enabled: boolean },
  ): Promise<Publisher> {
    const feedUrl = input.feedUrl ?? null;
    const data = {
      name: requireLine('input.name', input.name, MAX_NAME),
      feedUrl,
      domain: domainOf(feedUrl),
      enabled: input.enabled,
    };
    return this.save(async (tx) => {
      const publisher = await tx.publisher.create({
        data: { ...data, domain: await freeDomain(tx, feedUrl) },
      });
      await audit(tx, viewer.userId, 'publisher.create', { type: 'Publisher', id: publisher.id }, data);
      return publisher;
    });
  }

  /** An absent field stays as it is; the feed can be removed with null; an edit that changes nothing is none. Throws NOT_FOUND, CONFLICT, BAD_USER_INPUT. */
  update(viewer: Viewer, id: string, { name, feedUrl, enabled }: PublisherEdit): Promise<Publisher> {
    const publisherId = requireId('id', id);
    if (enabled === null)
      throw badUserInput('input.enabled', { ko: '비워 둘 수 없습니다.', en: 'It cannot be empty.' });
    const data = {
      ...(name !== undefined && { name: requireLine('input.name', name, MAX_NAME) }),
      ...(feedUrl !== undefined && { feedUrl }),
      ...(enabled !== undefined && { enabled }),
    };
    return this.save(async (tx) => {
      const before = await tx.publisher.findUnique({ where: { id: publisherId } });
      if (!before) throw new AppError('NOT_FOUND');
      if (isDeepStrictEqual({ ...before, ...data }, before)) return before;
      await audit(tx, viewer.userId, 'publisher.update', { type: 'Publisher', id: publisherId }, data);
      const domain = before.domain ?? (await freeDomain(tx, data.feedUrl ?? null));
      return tx.publisher.update({ where: { id: publisherId }, data: { ...data, domain } });
    });
  }

  private save(work: (tx: Transaction) => Promise<Publisher>): Promise<Publisher> {
    const taken = { ko: '같은 이름의 언론사가 있습니다.', en: 'A publisher with this name exists.' };
    return this.deps.prisma.$transaction(work).catch(conflictOver('input.name', taken));
  }
}

/** The publisher of a crawled page: the one with its domain, else a new one under the page's own name. */
export async function publisherOfPage(
  tx: Transaction,
  page: { url: string; siteName: string | null },
): Promise<string> {
  const domain = domainOf(page.url)!;
  const known = await tx.publisher.findUnique({ where: { domain }, select: { id: true } });
  if (known) return known.id;
  const siteName = nameFrom(page.siteName, MAX_NAME) ?? domain;
  // The name a page gives itself proves nothing: a known publisher's name is not lent to another domain.
  const taken = await tx.publisher.findUnique({ where: { name: siteName }, select: { id: true } });
  const name = taken ? `${siteName} (${domain})` : siteName;
  const created = await tx.publisher.upsert({
    where: { domain },
    create: { name, domain, enabled: false },
    update: {},
    select: { id: true },
  });
  return created.id;
}

/** The feed's domain, unless another publisher has it: several feeds can share a host. */
async function freeDomain(tx: Transaction, feedUrl: string | null): Promise<string | null> {
  const domain = domainOf(feedUrl);
  const owner = domain && (await tx.publisher.findUnique({ where: { domain }, select: { id: true } }));
  return owner ? null : domain;
}

/** Registrable domain of a URL, e.g. mk.co.kr or somebody.github.io; the host itself for addresses and localhost. */
function domainOf(url: string | null): string | null {
  if (url === null) return null;
  const { hostname } = new URL(url);
  return getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
}
