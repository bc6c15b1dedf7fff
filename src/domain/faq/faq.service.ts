import type { Prisma, Transaction } from '../../adapters/database/database';
import { conflictOver } from '../../adapters/database/database-errors';
import { AppError } from '../../errors';
import type { Faq } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';
import { requireId } from '../shared/paging';
import { keyOf } from '../korean/words';
import { requireLine, requireText } from '../shared/text';
import type { Viewer } from '../user/viewer-guard';

export const MAX_QUESTION = 300;
export const MAX_ANSWER = 5_000;
/** The list is not paged, so it must stay short. */
export const MAX_FAQS = 1_000;
/** Serialises creation, so that the bound holds; any constant of our own. */
const CREATE_LOCK = 7_301_001;

export interface FaqEdit {
  question?: string | null;
  answer?: string | null;
}

export class FaqService {
  constructor(private readonly deps: { prisma: Prisma }) {}

  /** Oldest first. */
  list(): Promise<Faq[]> {
    return this.deps.prisma.faq.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: MAX_FAQS });
  }

  /** Throws BAD_USER_INPUT, or CONFLICT when the question exists however spaced, cased or punctuated. */
  create(viewer: Viewer, input: { question: string; answer: string }): Promise<Faq> {
    const data = {
      ...checkedQuestion(input.question),
      answer: requireText('input.answer', input.answer, MAX_ANSWER),
    };
    return this.change(viewer, 'faq.create', async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CREATE_LOCK})`;
      if ((await tx.faq.count()) >= MAX_FAQS)
        throw new AppError('CONFLICT', {
          detail: { ko: '질문이 너무 많습니다.', en: `There are ${MAX_FAQS} entries already.` },
        });
      return { faq: await tx.faq.create({ data }), changed: true };
    });
  }

  /** An absent field stays as it is; an edit that changes nothing is none. Throws NOT_FOUND, BAD_USER_INPUT, CONFLICT. */
  update(viewer: Viewer, id: string, { question, answer }: FaqEdit): Promise<Faq> {
    const faqId = requireId('id', id);
    const data = {
      ...(question !== undefined && checkedQuestion(question)),
      ...(answer !== undefined && { answer: requireText('input.answer', answer, MAX_ANSWER) }),
    };
    return this.change(viewer, 'faq.update', async (tx) => {
      const before = await lockFaq(tx, faqId);
      const { question: asked = before.question, answer: said = before.answer } = data;
      if (asked === before.question && said === before.answer) return { faq: before, changed: false };
      return { faq: await tx.faq.update({ where: { id: faqId }, data }), changed: true };
    });
  }

  /** Returns what was deleted. Throws NOT_FOUND. */
  delete(viewer: Viewer, id: string): Promise<Faq> {
    const faqId = requireId('id', id);
    return this.change(viewer, 'faq.delete', async (tx) => {
      await lockFaq(tx, faqId);
      return { faq: await tx.faq.delete({ where: { id: faqId } }), changed: true };
    });
  }

  private change(
    viewer: Viewer,
    action: string,
    work: (tx: Transaction) => Promise<{ faq: Faq; changed: boolean }>,
  ): Promise<Faq> {
    const change = this.deps.prisma.$transaction(async (tx) => {
      const { faq, changed } = await work(tx);
      const { id, question } = faq;
      if (changed) await audit(tx, viewer.userId, action, { type: 'Faq', id }, { question });
      return faq;
    });
    const taken = { ko: '같은 질문이 있습니다.', en: 'This question exists.' };
    return change.catch(conflictOver('input.question', taken));
  }
}

/** What makes two questions duplicates. One of punctuation alone is its own key. */
export function questionKeyOf(question: string): string {
  return keyOf(question) || question;
}

function checkedQuestion(text: string | null): { question: string; questionKey: string } {
  const question = requireLine('input.question', text, MAX_QUESTION);
  return { question, questionKey: questionKeyOf(question) };
}

async function lockFaq(tx: Transaction, id: string): Promise<Faq> {
  const [faq] = await tx.$queryRaw<Faq[]>`SELECT * FROM "Faq" WHERE id = ${id}::uuid FOR UPDATE`;
  if (!faq) throw new AppError('NOT_FOUND');
  return faq;
}
