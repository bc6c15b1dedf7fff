import { randomUUID } from 'node:crypto';
import { composed, nameLine } from '../../../visible-text';
import { MAX_TERMS } from '../../glossary/glossary';
import { MAX_LENGTH } from '../../glossary/term-input';
import { nameKeysOf } from '../../glossary/term-names';
import { insertTerms, type NewTerm } from '../../glossary/terms.sql';
import { keyOf } from '../../korean/words';
import { merged, moved, reported, type ImportStep, type Outcome } from '../import-step';
import { bounded, plainLine, plainText, RowNotes } from '../old-text';

const COLUMNS = { term: 'text', description: 'text', example: 'text' } as const;
const IN_BRACKETS = /\s*[([][^)\]]*[)\]]\s*$/;

/** The glossary: a term that is here, however it is spaced and with whatever English name behind it, is left as it is. */
export const termsStep: ImportStep<typeof COLUMNS> = {
  name: 'terms',
  table: 'economic_terms',
  columns: COLUMNS,
  batchRows: 500,
  begin: async ({ prisma }) => {
    const present = await prisma.economicTerm.findMany({ select: { id: true, term: true, aliases: true } });
    const ids = new Map(present.flatMap((term) => nameKeysOf(term).map((key) => [key, term.id] as const)));
    let count = present.length;
    return async (rows) => {
      const fresh: NewTerm[] = [];
      const added = new Map<string, string>();
      const outcomes = rows.map(({ term: written, description, example }): Outcome => {
        const notes = new RowNotes();
        const term = bounded(nameLine(plainLine(written)), MAX_LENGTH.term, notes);
        const termKey = keyOf(term);
        const text = plainText(description);
        if (termKey === '' || text === '') return reported('NO_TEXT');
        const own = [termKey, keyOf(composed(term, 'NFKC').replace(IN_BRACKETS, ''))];
        const same = own.map((key) => ids.get(key) ?? added.get(key)).find((known) => known !== undefined);
        if (same !== undefined) return merged(same, 'DUPLICATE_TERM');
        if (count + fresh.length >= MAX_TERMS) return reported('TOO_MANY');
        const id = randomUUID();
        for (const key of nameKeysOf({ term, aliases: [] })) added.set(key, id);
        const shown = plainText(example);
        fresh.push({
          id,
          term,
          termKey,
          description: bounded(text, MAX_LENGTH.description, notes),
          example: shown === '' ? null : bounded(shown, MAX_LENGTH.example, notes),
          aliases: [],
        });
        return moved(id, undefined, notes.list());
      });
      return {
        outcomes,
        write: async (tx) => void (await insertTerms(tx, fresh)),
        done: () => {
          for (const [key, id] of added) ids.set(key, id);
          count += fresh.length;
        },
      };
    };
  },
};
