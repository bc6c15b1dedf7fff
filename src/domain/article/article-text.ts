import { AppError, badUserInput } from '../../errors';
import { requireLine, requireText } from '../shared/text';
import type { Article, Phrase } from './article';
import { ARTICLE_CATEGORIES, type ArticleCategory } from './category';

/** The part of an article that is written, by a rewriter or by an admin. */
export type ArticleText = Pick<Article, 'title' | 'content' | 'comment' | 'category' | 'phrases'>;

/** What an admin may send: an absent field stays as it is. */
export type ArticleEdit = { [Field in keyof ArticleText]?: ArticleText[Field] | null };

export const MAX_LENGTH = { title: 200, content: 20_000, comment: 500, expression: 100, easy: 500 };
export const MAX_PHRASES = 20;

/** The fields an edit changes, trimmed and checked. Throws BAD_USER_INPUT naming the field. */
export function checkedEdit({
  title,
  content,
  comment,
  category,
  phrases,
}: ArticleEdit): Partial<ArticleText> {
  return {
    ...(title !== undefined && { title: requireLine('input.title', title, MAX_LENGTH.title) }),
    ...(content !== undefined && { content: requireText('input.content', content, MAX_LENGTH.content) }),
    ...(comment !== undefined && {
      comment: comment === null ? null : requireText('input.comment', comment, MAX_LENGTH.comment),
    }),
    ...(category !== undefined && { category: requireCategory(category) }),
    ...(phrases !== undefined && { phrases: requirePhrases(phrases) }),
  };
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
    expression: requireLine(`input.phrases.${index}.expression`, expression, MAX_LENGTH.expression),
    easy: requireText(`input.phrases.${index}.easy`, easy, MAX_LENGTH.easy),
  }));
}

/** What every change of an article that was taken down is answered with. */
export function takenDown(): AppError {
  return new AppError('CONFLICT', {
    detail: { ko: '내려진 기사입니다.', en: 'The article was taken down.' },
  });
}
