import type { ArticleInput, DeskArticleFragment } from '@/desk/generated/graphql';

/** What an editor can change of an article. */
export interface ArticleText {
  title: string;
  content: string;
  comment: string;
  category: DeskArticleFragment['category'];
  phrases: { expression: string; easy: string }[];
}

export const FIELD_NAMES: Record<keyof ArticleText, string> = {
  title: '제목',
  content: '내용',
  comment: '한 줄 평',
  category: '분야',
  phrases: '풀어 쓴 말',
};
const FIELDS = Object.keys(FIELD_NAMES) as (keyof ArticleText)[];

export function textOf({ title, content, comment, category, phrases }: DeskArticleFragment): ArticleText {
  const plain = phrases.map(({ expression, easy }) => ({ expression, easy }));
  return { title, content, comment: comment ?? '', category, phrases: plain };
}

export function changedFields(one: ArticleText, other: ArticleText): (keyof ArticleText)[] {
  return FIELDS.filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]));
}

/** Only what was changed: the rest may meanwhile be somebody else's. */
export function inputOf(text: ArticleText, saved: ArticleText): ArticleInput {
  const input: ArticleInput = {};
  for (const field of changedFields(text, saved)) {
    const value = field === 'comment' && text.comment.trim() === '' ? null : text[field];
    Object.assign(input, { [field]: value });
  }
  return input;
}

/** What was typed, and of the fields that were left alone what is saved now. */
export function rebased(typed: ArticleText, opened: ArticleText, saved: ArticleText): ArticleText {
  const kept = changedFields(typed, opened).map((field) => [field, typed[field]]);
  return { ...saved, ...Object.fromEntries(kept) };
}
