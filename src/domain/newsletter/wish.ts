import { z } from 'zod';
import { badUserInput } from '../../errors';
import { ARTICLE_CATEGORIES, type ArticleCategory } from '../article/category';
import { mailAddress } from '../shared/mail-address';
import { requireLine, unusable } from '../shared/text';

export const MAX_NAME = 50;
/** Would be made a blank elsewhere; who sends them in the name of a mail means no good. */
const LINE_ENDS = /[\p{Cc}\u2028\u2029]/u;

/** What somebody asks for, as it comes. */
export interface SubscriptionInput {
  email: string;
  name: string;
  categories: readonly ArticleCategory[];
}

/** What a confirmation puts into force. */
const wish = z.object({
  name: z.string(),
  categories: z.array(z.enum(ARTICLE_CATEGORIES as [ArticleCategory, ...ArticleCategory[]])),
  /** Who was signed in when it was asked for. */
  userId: z.string().nullable(),
  /** Nobody asked for it: the consent is two years old, and asked for again. */
  again: z.boolean(),
});
export type Wish = z.infer<typeof wish>;

export function readWish(json: unknown): Wish {
  return wish.parse(json);
}

/** Throws BAD_USER_INPUT that names what is wrong. */
export function wishOf(
  { email, name, categories }: SubscriptionInput,
  userId: string | null,
): { address: string; wish: Wish } {
  const address = mailAddress(email);
  if (address === null)
    throw badUserInput('input.email', {
      ko: '메일을 받을 수 있는 주소여야 합니다.',
      en: 'It must be an address that can receive mail.',
    });
  if (LINE_ENDS.test(name)) throw unusable('input.name');
  const line = requireLine('input.name', name, MAX_NAME);
  if (categories.length === 0 || new Set(categories).size < categories.length)
    throw badUserInput('input.categories', {
      ko: '분야가 하나는 있어야 하고, 같은 분야가 두 번 있으면 안 됩니다.',
      en: 'It must have at least one category, and none twice.',
    });
  return { address, wish: { name: line, categories: inOrder(categories), userId, again: false } };
}

/** As they are listed everywhere: the same wish is the same text. */
function inOrder(categories: readonly ArticleCategory[]): ArticleCategory[] {
  return ARTICLE_CATEGORIES.filter((category) => categories.includes(category));
}
