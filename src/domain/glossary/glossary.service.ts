import { createHash } from 'node:crypto';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import type { Prisma, Transaction } from '../../adapters/database/database';
import { isUniqueViolation } from '../../adapters/database/database-errors';
import { AppError, badUserInput } from '../../errors';
import type { EconomicTerm } from '../../generated/prisma/client';
import { isVisible } from '../../visible-text';
import { audit } from '../audit/audit.service';
import { requireId, requirePageSize, type Page, type PageRequest } from '../shared/paging';
import { requireText } from '../shared/text';
import type { Viewer } from '../user/viewer-guard';
import { MAX_TERMS, type Glossary } from './glossary';
import { decodeTermCursor, encodeTermCursor } from './term-cursor';
import { checkedTerm, checkedTermEdit, type TermEdit, type TermInput } from './term-input';
import type { TermMatcher } from './term-matcher';
import { nameKeysOf } from './term-names';
import { insertTerms, type NewTerm, type Term } from './terms.sql';

const MAX_QUESTION = 500;
const MAX_BEGINNING = 100;
const MAX_IMPORTED = 2_000;
const MAX_TERMS_OF_ARTICLE = 50;
/** Texts whose terms are kept: looking for them costs some hundred microseconds a text. */
const MAX_TEXTS_KEPT = 5_000;
/** Serialises changes, so that the bound holds and no two wait for each other; any constant of our own. */
const CHANGE_LOCK = 7_301_002;

export interface TermImport {
  created: number;
  /** As they were written, one for each that was not saved because it came before in the same import. */
  duplicatesInFile: string[];
  /** As they were written, one for each that was not saved because the glossary has it. */
  alreadyPresent: string[];
}

/** Those behind a cursor, and how many there are in all. */
interface FoundTerms {
  rows: Term[];
  count: () => Promise<number>;
}

export class GlossaryService {
  private lastChange: Promise<unknown> = Promise.resolve();
  /** By the digest of a text. A changed glossary has another matcher. */
  private readonly termsIn = new WeakMap<TermMatcher<Term>, LRUCache<string, Term[]>>();

  constructor(private readonly deps: { prisma: Prisma; glossary: Glossary }) {}

  /** The term that a word or question, Korean or English, is about, or null. Throws BAD_USER_INPUT. */
  async find(question: string): Promise<Term | null> {
    if (!isVisible(question)) return null;
    const asked = requireText('question', question, MAX_QUESTION);
    return (await this.deps.glossary.finder()).find(asked);
  }

  /** Of each text the terms in title and content, in order of appearance, at most 50. */
  async termsOf(texts: readonly { title: string; content: string }[]): Promise<Term[][]> {
    const matcher = await this.deps.glossary.matcher();
    let kept = this.termsIn.get(matcher);
    if (!kept) this.termsIn.set(matcher, (kept = new LRUCache({ max: MAX_TEXTS_KEPT })));
    const found: Term[][] = [];
    for (const { title, content } of texts) {
      const key = createHash('sha256').update(`${title}\0${content}`).digest('base64');
      let terms = kept.get(key);
      if (!terms) {
        kept.set(key, (terms = matcher.all([title, content], MAX_TERMS_OF_ARTICLE)));
        await letOthersRun();
      }
      found.push(terms);
    }
    return found;
  }

  /** In the order of their keys; `startsWith` is the beginning of a term as TermLookup finds it. */
  async list(request: PageRequest & { startsWith?: string | null }): Promise<Page<Term>> {
    const first = requirePageSize(request.first);
    const after = request.after ? decodeTermCursor(request.after) : '';
    const { startsWith } = request;
    const { rows, count } =
      startsWith != null && isVisible(startsWith)
        ? await this.beginningWith(startsWith, after)
        : await this.behind(after, first + 1);
    return {
      items: rows.slice(0, first),
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== '',
      cursorOf: ({ termKey }) => encodeTermCursor(termKey),
      count,
    };
  }

  private async behind(after: string, limit: number): Promise<FoundTerms> {
    const { economicTerm } = this.deps.prisma;
    const where = { termKey: { gt: after } };
    const rows = await economicTerm.findMany({ where, orderBy: { termKey: 'asc' }, take: limit });
    return { rows, count: () => economicTerm.count() };
  }

  private async beginningWith(startsWith: string, after: string): Promise<FoundTerms> {
    if (startsWith.length > MAX_BEGINNING)
      throw badUserInput('startsWith', {
        ko: `${MAX_BEGINNING}자까지입니다.`,
        en: `At most ${MAX_BEGINNING} characters.`,
      });
    const found = (await this.deps.glossary.lookup()).beginningWith(startsWith);
    const place = Buffer.from(after);
    const rows = found.filter(({ termKey }) => Buffer.compare(Buffer.from(termKey), place) > 0);
    return { rows, count: () => Promise.resolve(found.length) };
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
    const terms = inputs.map((input, index) => checkedTerm(`terms.${index}`, input));
    return this.change(async (tx) => {
      const { fresh, duplicatesInFile, alreadyPresent } = sorted(terms, await selectNames(tx));
      const created = await insertTerms(tx, fresh);
      if (created.size > 0 && (await tx.economicTerm.count()) > MAX_TERMS)
        throw new AppError('CONFLICT', {
          argument: 'terms',
          detail: { ko: '용어가 너무 많습니다.', en: `The glossary holds at most ${MAX_TERMS} terms.` },
        });
      if (created.size > 0)
        await audit(
          tx,
          viewer.userId,
          'term.import',
          { type: 'EconomicTerm', id: 'import' },
          {
            created: created.size,
            duplicatesInFile: duplicatesInFile.length,
            alreadyPresent: alreadyPresent.length,
          },
        );
      return { created: created.size, duplicatesInFile, alreadyPresent };
    });
  }

  /** An absent field stays as it is; an edit that changes nothing is none. Throws NOT_FOUND, BAD_USER_INPUT, or CONFLICT when another term has the name. */
  update(viewer: Viewer, id: string, edit: TermEdit): Promise<EconomicTerm> {
    const termId = requireId('id', id);
    const data = checkedTermEdit('input', edit);
    return this.change(async (tx) => {
      const before = await lockTerm(tx, termId);
      if (isDeepStrictEqual({ ...before, ...data }, before)) return before;
      const term = await tx.economicTerm.update({ where: { id: termId }, data });
      await auditTerm(tx, viewer, 'term.update', term);
      return term;
    });
  }

  /** Returns what was deleted. Throws NOT_FOUND. */
  delete(viewer: Viewer, id: string): Promise<EconomicTerm> {
    const termId = requireId('id', id);
    return this.change(async (tx) => {
      await lockTerm(tx, termId);
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

/** The keys of every name that a question is answered by. */
async function selectNames(tx: Transaction): Promise<Set<string>> {
  const terms = await tx.economicTerm.findMany({ select: { term: true, aliases: true }, take: MAX_TERMS });
  return new Set(terms.flatMap(nameKeysOf));
}

/** What an import saves and what it does not: names that come before in it, and those the glossary has. */
function sorted(terms: readonly NewTerm[], names: ReadonlySet<string>) {
  const fresh: NewTerm[] = [];
  const duplicatesInFile: string[] = [];
  const alreadyPresent: string[] = [];
  const before = new Set<string>();
  for (const term of terms) {
    if (before.has(term.termKey)) duplicatesInFile.push(term.term);
    else if (names.has(term.termKey)) alreadyPresent.push(term.term);
    else {
      fresh.push(term);
      for (const key of nameKeysOf(term)) before.add(key);
    }
    before.add(term.termKey);
  }
  return { fresh, duplicatesInFile, alreadyPresent };
}

async function lockTerm(tx: Transaction, id: string): Promise<EconomicTerm> {
  const [term] = await tx.$queryRaw<EconomicTerm[]>`
    SELECT * FROM "EconomicTerm" WHERE id = ${id}::uuid FOR UPDATE`;
  if (!term) throw new AppError('NOT_FOUND');
  return term;
}

function auditTerm(
  tx: Transaction,
  viewer: Viewer,
  action: string,
  { id, term }: EconomicTerm,
): Promise<void> {
  return audit(tx, viewer.userId, action, { type: 'EconomicTerm', id }, { term });
}
