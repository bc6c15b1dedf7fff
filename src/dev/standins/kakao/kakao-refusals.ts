/** Thrown by a route: the answer is an error of Kakao's, or a page (a string) that says what is wrong. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: object | string,
  ) {
    super(`refused with HTTP ${status}`);
  }
}

const OAUTH_ERRORS = {
  KOE003: [400, 'server_error', 'temporary OAuth fault'],
  KOE010: [401, 'invalid_client', 'Bad client credentials'],
  KOE101: [401, 'invalid_client', 'Not exist client_id'],
  KOE237: [400, 'invalid_request', 'token request rate limit exceeded'],
  KOE303: [400, 'invalid_grant', 'Redirect URI mismatch.'],
  KOE310: [400, 'unsupported_grant_type', 'unsupported grant_type'],
  KOE319: [400, 'invalid_request', 'refresh_token is missing'],
  KOE320: [400, 'invalid_grant', 'authorization code not found for code='],
  KOE322: [400, 'invalid_grant', 'expired_or_invalid_refresh_token'],
  KOE400: [400, 'invalid_token', 'invalid id_token'],
} as const;

/** In kauth's shape. Like Kakao's own, KOE320 repeats the code it was sent. */
export function oauthError(code: keyof typeof OAUTH_ERRORS, submittedCode = ''): Refusal {
  const [status, error, description] = OAUTH_ERRORS[code];
  const error_description = code === 'KOE320' ? description + submittedCode : description;
  return new Refusal(status, { error, error_description, error_code: code });
}

/** In kapi's shape. */
export function apiError(status: number, code: number, msg: string): Refusal {
  return new Refusal(status, { msg, code });
}
