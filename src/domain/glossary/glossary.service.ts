import type { Prisma, Transaction } from '../../adapters/database/database';
import { isUniqueViolation } from '../../adapters/database/database-errors';
import { AppError, badUserInput } from '../../errors';
import type { EconomicTerm } from '../../generated/prisma/client';
import { isVisible } from '../../visible-text';
import { audit } from '../audit/audit.service';
import { requireId, requirePageSize, type Page, type PageRequest } from '../shared/paging';
import { keyOf } from '../korean/words';
import { requireStorable, requireText } from '../shared/text';
import type { Viewer } from '../user/viewer-guard';
import { MAX_TERMS, type Glossary } from './glossary';
import { decodeTermCursor, encodeTermCursor } from './term-cursor';
import { checkedTerm, checkedTermEdit, type TermEdit, type TermInput } from './term-input';
import { nameKeysOf } from './term-names';
import { insertTerms, type NewTerm, type Term } from './terms.sql';

const MAX_QUESTION = 500;
const MAX_IMPORTED = 2_000;
const MAX_TERMS_OF_ARTICLE = 50;
/** Serialises changes, so that the bound holds and no two wait for each other; any constant of our own. */
const CHANGE_LOCK = 7_301_002;

export interface TermImport {
  created: number;
  /** As they were written, one for each that was not saved because it came before in the same import. */
  duplicatesInFile: string[];
  /** As they were written, one for each that was not saved because the glossary has it. */
  alreadyPresent: string[];
}

export class GlossaryService {
  private lastChange: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: { prisma: Prisma; glossary: Glossary }) {}

  /** The term that a word or question, Korean or English, is about, or null. Throws BAD_USER_INPUT. */
  async find(question: string): Promise<Term | null> {
    if (!isVisible(question)) return null;
    const asked = requireText('question', question, MAX_QUESTION);
    return (await this.deps.glossary.matcher()).best(asked);
  }

  /** The terms in title and content, in order of appearance, at most 50. */
  async termsOf({ title, content }: { title: string; content: string }): Promise<Term[]> {
    return (await this.deps.glossary.matcher()).all([title, content], MAX_TERMS_OF_ARTICLE);
  }

  /** In the order of their keys; `startsWith` is the beginning of a term, whatever its spacing and case. */
  async list(request: PageRequest & { startsWith?: string | null }): Promise<Page<EconomicTerm>> {
    const first = requirePageSize(request.first);
    const { after } = request;
    const where = beginningWith(request.startsWith);
    const rows = await this.deps.prisma.economicTerm.findMany({
      where: { AND: [where, ...(after ? [{ termKey: { gt: decodeTermCursor(after) } }] : [])] },
      orderBy: { termKey: 'asc' },
      take: first + 1,
    });
    return {
      items: rows.slice(0, first),
      hasNextPage: rows.length > first,
      hasPreviousPage: Boolean(after),
      cursorOf: ({ termKey }) => encodeTermCursor(termKey),
      count: () => this.deps.prisma.economicTerm.count({ where }),
    };
  }

  /**
   * Saves the terms that are new and says which are not, because the glossary has them or finds another by that name; all
   * or nothing. Throws BAD_USER_INPUT, or CONFLICT when the
   * glossary would grow beyond what gateways keep in memory.
   */
  async import(viewer: Viewer, inputs: readonly TermInput[]): Promise<TermImport> {
    if (inputs.length > MAX_IMPORTED)
      throw badUserInput('terms', {
        ko: `한 번에 ${MAX_IMPORTED}개까지 올릴 수 있습니다.`,
        en: `There must be at most ${MAX_IMPORTED} in one import.`,
      });
    const unique = new Map<string, NewTerm>();
    const duplicatesInFile: string[] = [];
    for (const [index, input] of inputs.entries()) {
      const term = checkedTerm(`terms.${index}`, input);
      if (unique.has(term.termKey)) duplicatesInFile.push(term.term);
      else unique.set(term.termKey, term);
    }
    return this.change(async (tx) => {
      const names = await selectNames(tx);
      const created = await insertTerms(
        tx,
        [...unique.values()].filter(({ termKey }) => !names.has(termKey)),
      );
      if (created.size > 0 && (await tx.economicTerm.count()) > MAX_TERMS)
        throw new AppError('CONFLICT', {
          argument: 'terms',
          detail: { ko: '용어가 너무 많습니다.', en: `The glossary holds at most ${MAX_TERMS} terms.` },
        });
      const present = [...unique.values()].filter(({ termKey }) => !created.has(termKey));
      const result = {
        created: created.size,
        duplicatesInFile,
        alreadyPresent: present.map(({ term }) => term),
      };
      await audit(
        tx,
        viewer.userId,
        'term.import',
        { type: 'EconomicTerm', id: 'import' },
        {
          created: result.created,
          duplicatesInFile: duplicatesInFile.length,
          alreadyPresent: present.length,
        },
      );
      return result;
    });
  }

  /** An absent field stays as it is. Throws NOT_FOUND, BAD_USER_INPUT, or CONFLICT when another term has the name. */
  update(viewer: Viewer, id: string, edit: TermEdit): Promise<EconomicTerm> {
    const termId = requireId('id', id);
    const data = checkedTermEdit('input', edit);
    return this.change(async (tx) => {
      await requireTerm(tx, termId);
      const term = await tx.economicTerm.update({ where: { id: termId }, data });
      await auditTerm(tx, viewer, 'term.update', term);
      return term;
    });
  }

  /** Returns what was deleted. Throws NOT_FOUND. */
  delete(viewer: Viewer, id: string): Promise<EconomicTerm> {
    const termId = requireId('id', id);
    return this.change(async (tx) => {
      await requireTerm(tx, termId);
      const term = await tx.economicTerm.delete({ where: { id: termId } });
      await auditTerm(tx, viewer, 'term.delete', term);
      return term;
    });
  }

  /** One after the other on this gateway too: who waits in the database gets a time-out. */
  private change<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const change = this.lastChange.then(() => this.changeNow(work));
    this.lastChange = change.catch(() => undefined);
    return change;
  }

  private async changeNow<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.deps.prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CHANGE_LOCK})`;
        return work(tx);
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new AppError('CONFLICT', {
        argument: 'input.term',
        detail: { ko: '같은 용어가 있습니다.', en: 'This term exists.' },
      });
    } finally {
      this.deps.glossary.forget();
    }
  }
}

/** Keys are compared byte by byte: what begins with a key ends before the key with the last character there is. */
function beginningWith(startsWith: string | null | undefined) {
  if (startsWith == null || !isVisible(startsWith)) return {};
  const key = keyOf(requireStorable('startsWith', startsWith));
  // No term begins with signs alone, and no key is empty.
  return { termKey: key === '' ? { equals: '' } : { gte: key, lt: `${key}\u{10ffff}` } };
}

/** The keys of every name that a question is answered by. */
async function selectNames(tx: Transaction): Promise<Set<string>> {
  const terms = await tx.economicTerm.findMany({ select: { term: true, aliases: true }, take: MAX_TERMS });
  return new Set(terms.flatMap(nameKeysOf));
}

async function requireTerm(tx: Transaction, id: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "EconomicTerm" WHERE id = ${id}::uuid FOR UPDATE`;
  if (!row) throw new AppError('NOT_FOUND');
}

function auditTerm(
  tx: Transaction,
  viewer: Viewer,
  action: string,
  { id, term }: EconomicTerm,
): Promise<void> {
  return audit(tx, viewer.userId, action, { type: 'EconomicTerm', id }, { term });
}
