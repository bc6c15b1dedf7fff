/** Why a row is not moved: stable codes, with what the report says. */
export const REASONS = {
  NO_ID: 'The row has no id, so that it could not be told from others.',
  DUPLICATE_ID: 'Another row of the table has the same id.',
  NOT_MOVED: 'Tables of this kind do not move in; the row is only counted.',
  NO_KAKAO_ID: 'Without a Kakao id nobody can sign in to the account.',
  ACCOUNT_DELETED: 'Its owner has deleted the account here.',
  READER_NOT_MOVED: 'Its user is absent in the old database, was not moved, or has been deleted here.',
  NO_ANSWERS: 'It has neither points nor a type.',
  NO_TEXT: 'A text that it cannot be without is empty.',
  NO_DATE: 'It has no date that can be read.',
  ARTICLE_NOT_MOVED: 'Its article is absent in the old database, was not moved, or is gone here.',
  ARTICLE_TAKEN_DOWN: 'Its article was taken down here.',
  LINK_UNUSABLE: 'Its link is empty, relative or of a kind that readers are not sent to.',
  TOO_MANY: 'There are as many of its kind as there may be.',
  CATEGORY_UNKNOWN: 'Its category is none of ours.',
  NOT_ACTIVE: 'The subscription had ended there.',
  ADDRESS_UNUSABLE: 'Its address is none that can receive mail.',
  UNSUBSCRIBED_HERE: 'The address was unsubscribed here.',
} as const;
export type Reason = keyof typeof REASONS;

/** What could not be moved of a row that was, or what was made of it. */
export const NOTES = {
  TEXT_CUT: 'A text was longer than ours may be and was cut.',
  NEVER_REWRITTEN: 'It was never rewritten: it waits in review with its original as its text.',
  NO_URL: 'It has no address.',
  URL_UNUSABLE: 'Its address is no http or https address of a page; it was left out.',
  IMAGE_UNUSABLE: 'The address of its picture is none that readers are sent to; it was left out.',
  PUBLISHER_UNKNOWN: 'Its publisher is unknown; the one of its address was taken.',
  CATEGORY_GUESSED: 'Its category is none of ours; its text told which one fits.',
  PHRASES_UNREADABLE: 'Some of its phrases could not be read.',
  PHRASES_CUT: 'It had more phrases than there may be; the first ones were kept.',
  DATE_UNUSABLE: 'A date could not be read; another one of the row, or that of the import, stands for it.',
  DATE_IN_FUTURE: 'A date was in the future; that of the import stands for it.',
  DUPLICATE_URL: 'Another row has the same page; it was merged into that one.',
  DUPLICATE_KAKAO_ID: 'Another row is the same person; it was merged into that one.',
  DUPLICATE_TERM: 'The glossary has this term; its own description was kept.',
  DUPLICATE_QUESTION: 'This question is there; its own answer was kept.',
  DUPLICATE_WEEK: 'Its category has a newer issue of the same week; that one was kept.',
  PICTURE_LEFT_OUT: 'The address of the profile picture is none that readers are sent to; it was left out.',
  TYPE_WITHOUT_POINTS: 'It had a reader type but no points: one point of that type stands for it.',
  TYPE_DIFFERS: 'Its reader type was another one than its points say; the points were kept.',
  CHART_UNREADABLE: 'Its chart could not be read; it has its text alone.',
  ADDRESSES_UNUSABLE: 'Some of the addresses that it was sent to were none; they were not counted.',
  CONSENT_IS_OLD:
    'Its consent is older than two years, or ends within a month: it is asked for again at once.',
  KEPT_AS_HERE: 'The address had subscribed here; that was kept.',
} as const;
export type Note = keyof typeof NOTES;
