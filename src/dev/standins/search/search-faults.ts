/** An answer that is an error, as the service itself words it. */
export interface SearchFault {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const google = (code: number, reason: string, message: string, more: object = {}): SearchFault => ({
  status: code,
  body: { error: { code, message, errors: [{ message, domain: 'global', reason }], ...more } },
});

/** Google's Custom Search JSON API. */
export const GOOGLE_FAULTS = {
  dailyLimit: google(
    403,
    'dailyLimitExceeded',
    'Daily Limit Exceeded. The quota will be reset at midnight Pacific Time (PT).',
  ),
  exhausted: google(
    429,
    'rateLimitExceeded',
    "Quota exceeded for quota metric 'Queries' and limit 'Queries per day' of service 'customsearch.googleapis.com' for consumer 'project_number:100000000001'.",
    { status: 'RESOURCE_EXHAUSTED' },
  ),
  keyInvalid: google(400, 'badRequest', 'API key not valid. Please pass a valid API key.', {
    status: 'INVALID_ARGUMENT',
    details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }],
  }),
  forbidden: google(403, 'forbidden', 'This project does not have the access to Custom Search JSON API.', {
    status: 'PERMISSION_DENIED',
  }),
  badQuery: google(400, 'badRequest', 'Request contains an invalid argument.', {
    status: 'INVALID_ARGUMENT',
  }),
  backend: google(503, 'backendError', 'The service is currently unavailable.', { status: 'UNAVAILABLE' }),
} satisfies Record<string, SearchFault>;

const naver = (status: number, errorCode: string, errorMessage: string): SearchFault => ({
  status,
  body: { errorMessage, errorCode },
});

/** Naver's portal for developers. */
export const NAVER_PORTAL_FAULTS = {
  badQuery: naver(400, 'SE01', 'Incorrect query request (잘못된 쿼리요청입니다.)'),
  badDisplay: naver(400, 'SE02', 'Invalid display value (부적절한 display 값입니다.)'),
  wrongAddress: naver(404, 'SE05', 'Invalid search api (존재하지 않는 검색 api 입니다.)'),
  badSort: naver(400, 'SE04', 'Invalid sort value (부적절한 sort 값입니다.)'),
  keyInvalid: naver(401, '024', 'Authentication failed (인증에 실패했습니다.)'),
  exhausted: naver(429, '010', 'Rate limit exceeded. (속도 제한을 초과했습니다.)'),
  backend: naver(500, 'SE99', 'System Error (시스템 에러)'),
} satisfies Record<string, SearchFault>;

const gateway = (status: number, errorCode: string, message: string, details: string): SearchFault => ({
  status,
  body: { error: { errorCode, message, details } },
});

/** The API gateway of Naver Cloud, before the API HUB. */
export const NAVER_HUB_FAULTS = {
  badQuery: naver(400, 'SE01', 'Incorrect query request (잘못된 쿼리요청입니다.)'),
  keyInvalid: gateway(401, '200', 'Authentication Failed', 'Invalid authentication information.'),
  forbidden: gateway(403, '210', 'Permission Denied', 'A subscription to the API is required.'),
  exhausted: gateway(429, '400', 'Quota Exceeded', 'Quota limit was exceeded.'),
  backend: gateway(500, '900', 'Unexpected Error', 'An internal error occurred.'),
} satisfies Record<string, SearchFault>;
