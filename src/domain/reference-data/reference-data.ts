import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Prisma, Transaction } from '../../adapters/database/database';
import { questionKeyOf } from '../faq/faq.service';
import { checkedTerm } from '../glossary/term-input';

/** Of a new installation, once; its machine may be busy starting everything else. */
export const SEEDING = { maxWait: 30_000, timeout: 60_000 };

const FOLDER = path.resolve(__dirname, '../../../prisma/seed');

const publishersFile = z.array(
  z.object({ name: z.string(), domain: z.string(), feedUrl: z.string().nullable() }),
);
const faqsFile = z.array(z.object({ question: z.string(), answer: z.string() }));
const termsFile = z.array(
  z.object({
    term: z.string(),
    description: z.string(),
    example: z.string().optional(),
    aliases: z.array(z.string()).optional(),
  }),
);

/** Fills each of publishers, FAQ and glossary that is empty; safe to repeat. Returns how many rows of each were added. */
export function seedReferenceData(prisma: Prisma, now: Date) {
  return prisma.$transaction((tx) => writeReferenceData(tx, now), SEEDING);
}

export async function writeReferenceData(tx: Transaction, now: Date) {
  const terms = termsFile.parse(readSeed('economic-terms.json'));
  const data = {
    publishers: deliveredPublishers(),
    // One after the other, so that the list keeps the file's order.
    faqs: faqsFile.parse(readSeed('faqs.json')).map((faq, index) => ({
      ...faq,
      questionKey: questionKeyOf(faq.question),
      createdAt: new Date(now.getTime() + index),
    })),
    terms: terms.map((term, index) => checkedTerm(`economic-terms.${index}`, term)),
  };
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('reference data'))`;
  const added = { publishers: 0, faqs: 0, terms: 0 };
  if ((await tx.publisher.count()) === 0)
    added.publishers = (await tx.publisher.createMany({ data: data.publishers })).count;
  if ((await tx.faq.count()) === 0) added.faqs = (await tx.faq.createMany({ data: data.faqs })).count;
  if ((await tx.economicTerm.count()) === 0)
    added.terms = (await tx.economicTerm.createMany({ data: data.terms })).count;
  return added;
}

/** Those that every installation begins with. */
export function deliveredPublishers() {
  return publishersFile.parse(readSeed('publishers.json'));
}

/** A file of prisma/seed. */
export function readSeed(name: string): unknown {
  return JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'));
}
