import { randomUUID } from 'node:crypto';
import { escapeUTF8 } from 'entities';
import { z } from 'zod';
import type { Prisma } from '../../../generated/prisma/client';
import { CATEGORY_NAMES, type ArticleCategory } from '../../article/category';
import { koreanDate, koreanWeekStart } from '../../reading/korean-calendar';
import { mailAddress, mailboxKey } from '../../shared/mail-address';
import { paragraphsOf } from '../../shared/text';
import { merged, moved, reported, type ImportStep, type Outcome } from '../import-step';
import { ledgerKey } from '../ledger';
import { oldCategory } from '../old-category';
import { bounded, pastTimeOf, plainText, RowNotes } from '../old-text';

const COLUMNS = { category: 'text', content: 'text', updatedAt: 'time', emailAddresses: 'json' } as const;
const MAX_CONTENT = 50_000;
const list = z.array(z.unknown());

/** Issues that were sent: one of a category and week, the newest. Their addresses are counted and not kept. */
export const issuesStep: ImportStep<typeof COLUMNS> = {
  name: 'issues',
  table: 'newsletter_article',
  columns: COLUMNS,
  orderBy: (table) => `${table.column('updatedAt')} DESC NULLS LAST, ${table.column('id')} DESC`,
  batchRows: 200,
  begin: async (run) => {
    return async (rows) => {
      const fresh: Prisma.NewsletterIssueCreateManyInput[] = [];
      const read = rows.map((row) => {
        const notes = new RowNotes();
        const category = oldCategory(row.category);
        const sentAt = pastTimeOf(row.updatedAt, run.now, notes);
        const week = sentAt && koreanWeekStart(sentAt);
        const key = category && week && ledgerKey('issue', category, week);
        return { row, notes, category, sentAt, week, key };
      });
      const there = await run.ledger.byKeys(read.flatMap(({ key }) => key ?? []));
      const ids = new Map([...there].map(([key, { newId }]) => [key, newId]));
      const weeks = read.flatMap(({ week }) => (week ? new Date(week) : []));
      for (const issue of await run.prisma.newsletterIssue.findMany({
        where: { week: { in: weeks } },
        select: { id: true, category: true, week: true },
      }))
        ids.set(ledgerKey('issue', issue.category, issue.week.toISOString().slice(0, 10)), issue.id);
      const outcomes = read.map(({ row, notes, category, sentAt, week, key }): Outcome => {
        if (category === null) return reported('CATEGORY_UNKNOWN');
        const text = bounded(plainText(row.content), MAX_CONTENT, notes);
        if (text === '') return reported('NO_TEXT');
        if (!sentAt || !week || !key) return reported('NO_DATE');
        const same = ids.get(key);
        if (same !== undefined) return merged(same, 'DUPLICATE_WEEK');
        const id = randomUUID();
        ids.set(key, id);
        const html = paragraphsOf(text)
          .map((line) => `<p>${escapeUTF8(line)}</p>`)
          .join('\n');
        fresh.push({
          id,
          category,
          week: new Date(week),
          subject: subjectOf(category, sentAt),
          html,
          text,
          articleIds: [],
          createdAt: sentAt,
          sentAt,
          recipients: recipientsOf(row.emailAddresses, notes),
        });
        return moved(id, key, notes.list());
      });
      return {
        outcomes,
        write: async (tx) => void (await tx.newsletterIssue.createMany({ data: fresh })),
      };
    };
  },
};

function subjectOf(category: ArticleCategory, sentAt: Date): string {
  return `경단 뉴스레터 ${CATEGORY_NAMES[category]}, ${koreanDate(sentAt)}`;
}

/** How many mailboxes a list names; what is no address in it is noted. */
function recipientsOf(json: string | null, notes: RowNotes): number {
  const mailboxes = new Set<string>();
  for (const entry of entriesOf(json)) {
    const address = typeof entry === 'string' ? mailAddress(entry) : null;
    if (address === null) notes.add('ADDRESSES_UNUSABLE');
    else mailboxes.add(mailboxKey(address));
  }
  return mailboxes.size;
}

/** A list, also as a text of JSON or with commas. */
function entriesOf(json: string | null): unknown[] {
  if (json === null) return [];
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'string') return entriesOf(value);
    return list
      .catch([value])
      .parse(value)
      .filter((entry) => entry !== null && entry !== '');
  } catch {
    return json
      .replace(/^\{|\}$/g, '')
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
  }
}
