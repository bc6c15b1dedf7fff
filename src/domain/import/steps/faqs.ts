import { randomUUID } from 'node:crypto';
import type { Prisma } from '../../../generated/prisma/client';
import { MAX_ANSWER, MAX_FAQS, MAX_QUESTION, questionKeyOf } from '../../faq/faq.service';
import { merged, moved, reported, type ImportStep, type Outcome } from '../import-step';
import { bounded, plainLine, plainText, RowNotes } from '../old-text';

const COLUMNS = { question: 'text', answer: 'text' } as const;

/** Questions that are not here yet, in their old order behind those that are. */
export const faqsStep: ImportStep<typeof COLUMNS> = {
  name: 'faq',
  table: 'faq',
  columns: COLUMNS,
  batchRows: 500,
  begin: async ({ prisma, now }) => {
    const present = await prisma.faq.findMany({ select: { id: true, questionKey: true } });
    const ids = new Map(present.map(({ id, questionKey }) => [questionKey, id]));
    const before = present.length;
    let count = before;
    return async (rows) => {
      const fresh: Prisma.FaqCreateManyInput[] = [];
      const added = new Map<string, string>();
      const outcomes = rows.map((row): Outcome => {
        const notes = new RowNotes();
        const question = bounded(plainLine(row.question), MAX_QUESTION, notes);
        const answer = bounded(plainText(row.answer), MAX_ANSWER, notes);
        if (question === '' || answer === '') return reported('NO_TEXT');
        const questionKey = questionKeyOf(question);
        const same = ids.get(questionKey) ?? added.get(questionKey);
        if (same !== undefined) return merged(same, 'DUPLICATE_QUESTION');
        if (count + fresh.length >= MAX_FAQS) return reported('TOO_MANY');
        const id = randomUUID();
        added.set(questionKey, id);
        // The list is in the order of creation.
        const createdAt = new Date(now.getTime() + count + fresh.length - before);
        fresh.push({ id, question, questionKey, answer, createdAt });
        return moved(id, undefined, notes.list());
      });
      return {
        outcomes,
        write: async (tx) => void (await tx.faq.createMany({ data: fresh })),
        done: () => {
          for (const [key, id] of added) ids.set(key, id);
          count += fresh.length;
        },
      };
    };
  },
};
