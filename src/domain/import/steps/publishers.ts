import type { Transaction } from '../../../adapters/database/database';
import { nameFrom } from '../../../visible-text';
import { publisherOfPage } from '../../article/publisher.service';
import { deliveredPublishers } from '../../reference-data/reference-data';
import type { RowNotes } from '../old-text';

/** What the old services called the three that they knew. */
const DOMAINS: Record<string, string> = {
  MAE_KYUNG: 'mk.co.kr',
  HAN_KYUNG: 'hankyung.com',
  SEOUL_KYUNG: 'sedaily.com',
};
const NAMES: Record<string, string> = {
  매일경제: 'MAE_KYUNG',
  한국경제: 'HAN_KYUNG',
  서울경제: 'SEOUL_KYUNG',
};
const MAX_NAME = 100;
const NAMELESS = '알 수 없는 언론사';

/** One that we know by its domain, or whoever's page an article is from. */
export type OldPublisher = { domain: string } | { url: string } | { name: string };

/** The publisher of a row, else that of its address, else one of its own name. */
export function publisherOf(code: string | null, url: string | null, notes: RowNotes): OldPublisher {
  const word = code?.trim() ?? '';
  const domain = DOMAINS[NAMES[word] ?? word.toUpperCase()];
  if (domain !== undefined) return { domain };
  notes.add('PUBLISHER_UNKNOWN');
  return url === null ? { name: nameFrom(word, MAX_NAME) ?? NAMELESS } : { url };
}

/** Its id here; it is created where there is none. */
export async function publisherIdOf(tx: Transaction, publisher: OldPublisher): Promise<string> {
  if ('url' in publisher) return publisherOfPage(tx, { url: publisher.url, siteName: null });
  if ('name' in publisher)
    return idOf(tx, { name: publisher.name, domain: null, feedUrl: null, enabled: false });
  const { domain } = publisher;
  const known = await tx.publisher.findUnique({ where: { domain }, select: { id: true } });
  if (known) return known.id;
  const delivered = deliveredPublishers().find((one) => one.domain === domain)!;
  return idOf(tx, { ...delivered, enabled: true });
}

async function idOf(
  tx: Transaction,
  publisher: { name: string; domain: string | null; feedUrl: string | null; enabled: boolean },
): Promise<string> {
  const { id } = await tx.publisher.upsert({
    where: { name: publisher.name },
    create: publisher,
    update: {},
    select: { id: true },
  });
  return id;
}
