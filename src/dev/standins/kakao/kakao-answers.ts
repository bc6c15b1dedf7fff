import { type FastifyReply } from 'fastify';

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

/** An error in kauth's shape. Like Kakao's own, KOE320 repeats the code it was sent. */
export function oauthError(
  reply: FastifyReply,
  code: keyof typeof OAUTH_ERRORS,
  submittedCode = '',
): FastifyReply {
  const [status, error, description] = OAUTH_ERRORS[code];
  const error_description = code === 'KOE320' ? description + submittedCode : description;
  return reply.code(status).send({ error, error_description, error_code: code });
}

/** An error in kapi's shape. */
export function apiError(reply: FastifyReply, status: number, code: number, msg: string): FastifyReply {
  return reply.code(status).send({ msg, code });
}

/** A field of a query or form that was given exactly once. */
export function fieldOf(fields: unknown, name: string): string | undefined {
  const value: unknown = (fields as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}
