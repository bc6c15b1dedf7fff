import { badUserInput } from '../../errors';
import { keyOf } from '../korean/words';
import { requireLine, requireText } from '../shared/text';
import type { NewTerm } from './terms.sql';

export interface TermInput {
  term: string;
  description: string;
  example?: string | null;
  aliases?: string[] | null;
}

/** An absent field stays as it is. */
export interface TermEdit {
  term?: string | null;
  description?: string | null;
  example?: string | null;
  aliases?: string[] | null;
}

export const MAX_LENGTH = { term: 100, description: 2_000, example: 500 };
const MAX_ALIASES = 10;

/** An entry, trimmed and checked. Throws BAD_USER_INPUT naming the field below `path`. */
export function checkedTerm(path: string, input: TermInput): NewTerm {
  return {
    ...checkedName(`${path}.term`, input.term),
    description: requireText(`${path}.description`, input.description, MAX_LENGTH.description),
    example: checkedExample(`${path}.example`, input.example),
    aliases: checkedAliases(`${path}.aliases`, input.aliases ?? []),
  };
}

/** What an edit changes, the same way. */
export function checkedTermEdit(path: string, { term, description, example, aliases }: TermEdit) {
  return {
    ...(term !== undefined && checkedName(`${path}.term`, term)),
    ...(description !== undefined && {
      description: requireText(`${path}.description`, description, MAX_LENGTH.description),
    }),
    ...(example !== undefined && { example: checkedExample(`${path}.example`, example) }),
    ...(aliases !== undefined && { aliases: checkedAliases(`${path}.aliases`, aliases) }),
  } satisfies Partial<NewTerm>;
}

function checkedName(path: string, text: string | null): { term: string; termKey: string } {
  const term = requireName(path, text);
  return { term, termKey: keyOf(term) };
}

/** Without a letter or digit nobody would find it. */
function requireName(path: string, text: string | null): string {
  const name = requireLine(path, text, MAX_LENGTH.term);
  if (keyOf(name) !== '') return name;
  throw badUserInput(path, {
    ko: '글자나 숫자가 있어야 합니다.',
    en: 'It must have a letter or a digit.',
  });
}

/** An empty one is none: spreadsheets have no other way to say so. */
function checkedExample(path: string, text: string | null | undefined): string | null {
  return text == null || text.trim() === '' ? null : requireText(path, text, MAX_LENGTH.example);
}

function checkedAliases(path: string, aliases: string[] | null): string[] {
  if (aliases === null || aliases.length > MAX_ALIASES)
    throw badUserInput(path, {
      ko: `0개부터 ${MAX_ALIASES}개까지입니다.`,
      en: `There must be 0 to ${MAX_ALIASES}.`,
    });
  return aliases.map((alias, index) => requireName(`${path}.${index}`, alias));
}
