import { createHash } from 'node:crypto';
import { badUserInput } from '../../errors';
import { decodeCursor, encodeCursor, type Position } from '../shared/paging';
import { searchWordsOf } from './search-words';

/** Where a found article stands: by relevance, then where it stands in the list of its status. */
export interface SearchPosition extends Position {
  score: number;
  /** The mark of its search: scores of another one mean nothing in it. */
  mark: string;
}

export function encodeSearchCursor({ score, mark, ...position }: SearchPosition): string {
  const head = `${score.toString(36)}-${mark}`;
  return `${Buffer.from(head).toString('base64url')}.${encodeCursor(position)}`;
}

/** Throws BAD_USER_INPUT naming `after` when the cursor is not one of this search. */
export function decodeSearchCursor(cursor: string, search: string): Omit<SearchPosition, 'mark'> {
  const [head = '', tail = '', ...more] = cursor.split('.');
  const [, score, mark] =
    /^([0-9a-z]{1,5})-(\w{8})$/.exec(Buffer.from(head, 'base64url').toString('latin1')) ?? [];
  if (score === undefined || mark !== markOfSearch(search) || more.length > 0)
    throw badUserInput('after', {
      ko: '알 수 없는 커서이거나 다른 검색의 커서입니다.',
      en: 'The cursor is unknown, or one of another search.',
    });
  return { score: parseInt(score, 36), ...decodeCursor(tail) };
}

/** The same for all ways of typing the same words. */
export function markOfSearch(search: string): string {
  return createHash('sha256').update(searchWordsOf(search).join(' ')).digest('hex').slice(0, 8);
}
