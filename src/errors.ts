/** A sentence for the reader, in the service's two languages. */
export interface Localized {
  ko: string;
  en: string;
}

interface ErrorKind extends Localized {
  /** HTTP status when it stops a request before anything ran, else 500; errors of single fields travel with 200. */
  status?: number;
  /** The same call can succeed later without a change on the caller's side: a job is tried again by itself or when asked. */
  retryable?: 'by itself' | 'on request';
}

/** Every code a client may rely on. */
export const ERROR_KINDS = {
  BAD_USER_INPUT: { ko: '입력값이 올바르지 않습니다.', en: 'The input is not valid.', status: 400 },
  BAD_REQUEST: { ko: '요청의 형식이 올바르지 않습니다.', en: 'The request is malformed.', status: 400 },
  UNAUTHENTICATED: { ko: '로그인이 필요합니다.', en: 'Please sign in.', status: 401 },
  FORBIDDEN: { ko: '권한이 없습니다.', en: 'You are not allowed to do this.', status: 403 },
  NOT_FOUND: { ko: '찾을 수 없습니다.', en: 'It does not exist.', status: 404 },
  CONFLICT: { ko: '다른 변경과 충돌합니다.', en: 'It conflicts with another change.' },
  RATE_LIMITED: {
    ko: '요청이 너무 많습니다. 잠시 후 다시 시도해 주세요.',
    en: 'Too many requests. Try again later.',
    status: 429,
    retryable: 'by itself',
  },
  UPSTREAM_UNAVAILABLE: {
    ko: '지금은 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.',
    en: 'A service we depend on cannot be reached. Try again later.',
    status: 503,
    retryable: 'by itself',
  },
  QUERY_TOO_COMPLEX: {
    ko: '요청한 양이 너무 많습니다. 더 적게 나누어 요청해 주세요.',
    en: 'The query asks for too much at once.',
    status: 400,
  },
  DOCUMENT_NOT_PERSISTED: {
    ko: '등록되지 않은 GraphQL 문서입니다. 앱을 새로 고치거나 최신 버전으로 업데이트해 주세요.',
    en: 'This document is not in the list of persisted documents. Reload or update the app.',
    status: 400,
  },
  INTERNAL_SERVER_ERROR: {
    ko: '서버에서 문제가 생겼습니다.',
    en: 'Something went wrong on the server.',
    retryable: 'on request',
  },

  URL_NOT_ALLOWED: { ko: '허용되지 않는 주소입니다.', en: 'This address is not allowed.' },
  ROBOTS_DISALLOWED: {
    ko: '사이트의 robots.txt가 수집을 허용하지 않습니다.',
    en: 'The site does not allow crawling this page (robots.txt).',
  },
  PAGE_NOT_FOUND: { ko: '페이지를 찾을 수 없습니다.', en: 'The page does not exist.' },
  PAGE_REFUSED: { ko: '사이트가 요청을 거절했습니다.', en: 'The site refused the request.' },
  PAGE_UNREACHABLE: {
    ko: '페이지에 연결할 수 없습니다.',
    en: 'The page cannot be reached.',
    retryable: 'by itself',
  },
  PAGE_TIMEOUT: {
    ko: '페이지의 응답이 너무 느립니다.',
    en: 'The page took too long to answer.',
    retryable: 'by itself',
  },
  PAGE_TOO_LARGE: { ko: '페이지가 너무 큽니다.', en: 'The page is too large.' },
  PAGE_NOT_HTML: { ko: 'HTML 페이지가 아닙니다.', en: 'The page is not HTML.' },
  ARTICLE_NOT_FOUND_IN_PAGE: {
    ko: '페이지에서 기사 본문을 찾지 못했습니다.',
    en: 'No article was found in the page.',
  },
  ARTICLE_INCOMPLETE: {
    ko: '페이지에 기사의 일부만 있습니다.',
    en: 'The page holds only a part of the article.',
  },
  FEED_UNREADABLE: { ko: 'RSS나 Atom 피드가 아닙니다.', en: 'It is no RSS or Atom feed.' },
  FEED_INCOMPLETE: {
    ko: '피드의 일부를 읽을 수 없습니다.',
    en: 'Parts of the feed cannot be read.',
  },

  ORIGINAL_PURGED: {
    ko: '원문의 보관 기간이 지나 다시 쓸 수 없습니다.',
    en: 'The original was deleted after its time; the article cannot be rewritten from it.',
  },

  // These end no job: it goes on without documents.
  SEARCH_QUOTA_EXCEEDED: {
    ko: '검색 API의 사용 한도를 다 써서 관련 문서 없이 진행했습니다.',
    en: 'The quota of the search API is used up; it went on without related documents.',
  },
  SEARCH_REFUSED: {
    ko: '검색 API가 요청을 거절해서 관련 문서 없이 진행했습니다. 키와 권한을 확인해 주세요.',
    en: 'The search API refused the request; it went on without related documents. Its key may be wrong.',
  },
  SEARCH_UNAVAILABLE: {
    ko: '검색 API가 답하지 않아서 관련 문서 없이 진행했습니다.',
    en: 'The search API did not answer; it went on without related documents.',
  },
  SEARCH_ANSWER_INVALID: {
    ko: '검색 API의 답을 읽을 수 없어서 관련 문서 없이 진행했습니다.',
    en: 'The answer of the search API could not be read; it went on without related documents.',
  },

  DATASET_UNAVAILABLE: {
    ko: '공공데이터 서버가 답하지 않습니다.',
    en: 'The server of the data set does not answer.',
    retryable: 'by itself',
  },
  DATASET_QUOTA: {
    ko: '공공데이터 서비스의 하루 사용 한도를 다 썼습니다.',
    en: 'The daily quota of the data set is used up.',
    retryable: 'on request',
  },
  DATASET_KEY_REFUSED: {
    ko: '공공데이터 인증키가 없거나 거절되었습니다. PUBLIC_DATA_SERVICE_KEY와 활용신청을 확인해 주세요.',
    en: 'The service key for the data set is missing or refused; see PUBLIC_DATA_SERVICE_KEY, and whether its use was approved.',
  },
  DATASET_INVALID: {
    ko: '공공데이터 서비스가 없어졌거나 그 답을 자료로 읽을 수 없습니다.',
    en: 'The data set is gone, or its answer cannot be read as data.',
  },

  // On request: a model that cannot keep to the form is paid for each further try.
  MODEL_OUTPUT_INVALID: {
    ko: '언어 모델의 답이 형식에 맞지 않습니다.',
    en: 'The language model gave an answer of the wrong form.',
    retryable: 'on request',
  },
  MODEL_RATE_LIMITED: {
    ko: '언어 모델의 사용 한도에 걸렸습니다.',
    en: 'The language model limits our rate.',
    retryable: 'by itself',
  },
  MODEL_UNAVAILABLE: {
    ko: '언어 모델에 연결할 수 없습니다.',
    en: 'The language model cannot be reached.',
    retryable: 'by itself',
  },
  BUDGET_EXCEEDED: {
    ko: '오늘 언어 모델에 쓸 예산을 다 썼습니다. 한국 시각 자정이 지나면 이어서 합니다.',
    en: 'Today’s budget for language models is used up. It goes on after midnight in Seoul.',
    retryable: 'by itself',
  },
  BUDGET_TOO_SMALL: {
    ko: '글 하나에 들 수 있는 비용이 언어 모델의 하루 예산보다 큽니다. DAILY_BUDGET_USD를 확인해 주세요.',
    en: 'One answer of the language model may cost more than its budget of a whole day; see DAILY_BUDGET_USD.',
  },
  MODEL_REFUSED: {
    ko: '언어 모델이 요청을 거절했습니다. 키와 모델 이름도 확인해 주세요.',
    en: 'The language model refused the request; its key and name may be wrong.',
  },
  MAIL_NOT_CONFIGURED: {
    ko: '메일 서버가 설정되지 않았습니다. SMTP_URL과 MAIL_FROM을 확인해 주세요.',
    en: 'No mail server is set; see SMTP_URL and MAIL_FROM.',
    retryable: 'on request',
  },
  MAIL_UNAVAILABLE: {
    ko: '메일 서버가 지금은 메일을 받지 않습니다. 나중에 이어서 보냅니다.',
    en: 'The mail server takes no mail now. It goes on later.',
    retryable: 'by itself',
  },
  MAIL_REFUSED: {
    ko: '메일 서버가 보내는 쪽을 거절했습니다. SMTP_URL의 계정과 MAIL_FROM을 확인해 주세요.',
    en: 'The mail server refuses the sender; the account of SMTP_URL or MAIL_FROM may be wrong.',
    retryable: 'on request',
  },
  // This ends no job.
  NEWSLETTER_EMPTY: {
    ko: '이번 주에는 이 분야에 새로 보낼 글이 없어서 소식지를 만들지 않았습니다.',
    en: 'The week has no article of the category that was not sent already: there is no issue.',
  },
  WORKER_LOST: {
    ko: '작업 처리기가 여러 번 중단되었습니다.',
    en: 'The worker stopped several times while doing this job.',
    retryable: 'by itself',
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERROR_KINDS;

export interface AppErrorOptions {
  /** The argument or field at fault, as the client wrote it. */
  argument?: string;
  /** Appended to the code's own sentence. Never holds secrets or submitted values. */
  detail?: Localized;
  /** Seconds after which a retry makes sense. */
  retryAfterSeconds?: number;
  /** In place of the code's own. */
  status?: number;
  cause?: unknown;
}

/** An expected failure: the code is stable, the sentence is safe to show. */
export class AppError extends Error {
  readonly argument: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly status: number;
  readonly retryable: boolean;
  /** Whether a job that it ended is tried again without anybody asking for it. */
  readonly retriedByItself: boolean;
  readonly detail: Localized | undefined;

  constructor(
    readonly code: ErrorCode,
    { argument, detail, retryAfterSeconds, status, cause }: AppErrorOptions = {},
  ) {
    super(code, { cause });
    const kind: ErrorKind = ERROR_KINDS[code];
    this.name = 'AppError';
    this.argument = argument;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
    this.status = status ?? kind.status ?? 500;
    this.retryable = kind.retryable !== undefined;
    this.retriedByItself = kind.retryable === 'by itself';
    this.message = this.text('en');
  }

  /** The sentence in one language, e.g. "The input is not valid. (after) The cursor is unknown." */
  text(language: keyof Localized): string {
    const parts = [
      ERROR_KINDS[this.code][language],
      this.argument && `(${this.argument})`,
      this.detail?.[language],
    ];
    return parts.filter(Boolean).join(' ');
  }

  /** What clients are told beside the sentence. */
  get extensions() {
    const { code, argument, retryable, retryAfterSeconds } = this;
    return {
      code,
      ...(argument !== undefined && { argument }),
      ...(retryable && { retryable }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    };
  }
}

/** BAD_USER_INPUT that names the argument at fault. */
export function badUserInput(argument: string, detail?: Localized): AppError {
  return new AppError('BAD_USER_INPUT', detail ? { argument, detail } : { argument });
}

/**
 * No failure: the work can begin after so many milliseconds. A job that meets it waits without having been tried, and
 * shows the reason, when there is one.
 */
export class TryLater extends Error {
  override name = 'TryLater';

  constructor(
    readonly afterMs: number,
    readonly reason: AppError | null = null,
  ) {
    super(`It can begin in ${afterMs} ms.`);
  }
}

/** Why something failed: of what is to be tried later, its reason. */
export function reasonOf(error: unknown): unknown {
  return error instanceof TryLater ? error.reason : error;
}
