import { badUserInput } from '../../errors';
import { keyOf } from '../korean/words';

const PREFIX = 'term ';

/** The place of a term in the list that is ordered by key. */
export function encodeTermCursor(termKey: string): string {
  return Buffer.from(PREFIX + termKey).toString('base64url');
}

/** Throws BAD_USER_INPUT naming `after` when the cursor is not one of ours. */
export function decodeTermCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const termKey = text.slice(PREFIX.length);
  if (text.startsWith(PREFIX) && termKey !== '' && keyOf(termKey) === termKey) return termKey;
  throw badUserInput('after', { ko: '알 수 없는 커서입니다.', en: 'The cursor is unknown.' });
}
