import { badUserInput } from '../../errors';
import { requireText } from '../shared/text';
import type { Article, Phrase } from './article';
import { ARTICLE_CATEGORIES, type ArticleCategory } from './category';

/** The part of an article that is written, by a rewriter or by an admin. */
export type ArticleText = Pick<Article, 'title' | 'content' | 'comment' | 'category' | 'phrases'>;

/** What an admin may send: an absent field stays as it is. */
export interface ArticleEdit {
  title?: string | null;
  content?: string | null;
  comment?: string | null;
  category?: ArticleCategory | null;
  phrases?: Phrase[] | null;
}

const MAX_LENGTH = { title: 200, content: 20_000, comment: 500, expression: 100, easy: 500 };
const MAX_PHRASES = 20;

/** The fields an edit changes, trimmed and checked. Throws BAD_USER_INPUT naming the field. */
export function checkedEdit(edit: ArticleEdit): Partial<ArticleText> {
  const checked: Partial<ArticleText> = {};
  if (edit.title !== undefined) checked.title = requireText('input.title', edit.title, MAX_LENGTH.title);
  if (edit.content !== undefined)
    checked.content = requireText('input.content', edit.content, MAX_LENGTH.content);
  if (edit.comment !== undefined)
    checked.comment =
      edit.comment === null ? null : requireText('input.comment', edit.comment, MAX_LENGTH.comment);
  if (edit.category !== undefined) checked.category = requireCategory(edit.category);
  if (edit.phrases !== undefined) checked.phrases = requirePhrases(edit.phrases);
  return checked;
}

function requireCategory(category: ArticleCategory | null): ArticleCategory {
  if (category !== null && ARTICLE_CATEGORIES.includes(category)) return category;
  throw badUserInput('input.category', { ko: '비워 둘 수 없습니다.', en: 'It cannot be empty.' });
}

function requirePhrases(phrases: Phrase[] | null): Phrase[] {
  if (phrases === null || phrases.length > MAX_PHRASES)
    throw badUserInput('input.phrases', {
      ko: `0개부터 ${MAX_PHRASES}개까지입니다.`,
      en: `There must be 0 to ${MAX_PHRASES}.`,
    });
  return phrases.map(({ expression, easy }, index) => ({
    expression: requireText(`input.phrases.${index}.expression`, expression, MAX_LENGTH.expression),
    easy: requireText(`input.phrases.${index}.easy`, easy, MAX_LENGTH.easy),
  }));
}
