import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type Grant, LIFE_SECONDS } from './kakao-grants';
import { consentPage, errorPage, sendPage } from './kakao-pages';
import { oauthError, Refusal } from './kakao-refusals';
import { fieldsOf, type KakaoState, pictureOf } from './kakao-state';
import type { KakaoTestUser } from './kakao-test-users';
import openidConfiguration from './openid-configuration.json';

const ALL_SCOPES = ['profile_nickname', 'profile_image', 'account_email', 'openid'] as const;
/** A refresh token is replaced, and then dead, only in its last month. */
const REFRESH_RENEWAL_SECONDS = 30 * 24 * 3600;

type Fields = ReturnType<typeof fieldsOf>;

/** The routes of kauth.kakao.com. */
export function registerKauth(app: FastifyInstance, state: KakaoState): void {
  const { restApiKey, clientSecret, redirectUris } = state.options;
  const userOf = (name: string | undefined) => state.users.find(({ login }) => login === name);

  app.get('/oauth/authorize', async (request, reply) => {
    const query = authorizeQuery(state, request.query);
    if (!query.prompt?.split(',').includes('none'))
      return sendPage(reply, consentPage(state.users, query.login_hint));
    const user = userOf(query.login_hint);
    return reply.redirect(
      user ? approve(state, query, user) : deny(query, 'consent_required', 'user consent required.'),
    );
  });

  app.post('/oauth/authorize', async (request, reply) => {
    const query = authorizeQuery(state, request.query);
    const form = fieldsOf(request.body);
    if (form.cancel !== undefined) return reply.redirect(deny(query, 'access_denied', 'User denied access'));
    const user = userOf(form.user);
    if (!user) throw new Refusal(400, errorPage('invalid_request', '목록에 없는 사용자입니다.'));
    return reply.redirect(approve(state, query, user));
  });

  app.post('/oauth/token', async (request) => {
    const form = fieldsOf(request.body);
    if (form.client_id !== restApiKey) throw oauthError('KOE101');
    if (clientSecret !== null && form.client_secret !== clientSecret) throw oauthError('KOE010');
    switch (form.grant_type) {
      case 'authorization_code':
        return tokensByCode(state, form);
      case 'refresh_token':
        return tokensByRefresh(state, form);
      default:
        throw oauthError('KOE310');
    }
  });

  app.post('/oauth/tokeninfo', async (request) => {
    const claims = state.idTokens.read(fieldsOf(request.body).id_token ?? '');
    if (!claims) throw oauthError('KOE400');
    return claims;
  });

  app.get('/oauth/logout', async (request, reply) => {
    const { client_id, logout_redirect_uri: target = '', state: clientState } = fieldsOf(request.query);
    // Kakao keeps a separate list of logout addresses; here any page of a registered origin will do.
    const known =
      URL.canParse(target) && redirectUris.some((uri) => new URL(uri).origin === new URL(target).origin);
    if (!known || client_id !== restApiKey)
      throw new Refusal(400, errorPage('KOE006', '등록되지 않은 로그아웃 주소입니다.'));
    return reply.redirect(withQuery(target, { state: clientState }));
  });

  app.get('/.well-known/jwks.json', async () => state.idTokens.jwks());
  app.get('/.well-known/openid-configuration', async () =>
    JSON.parse(JSON.stringify(openidConfiguration).replaceAll('{url}', state.url())),
  );
}

/** The query of a request for a login that may be shown and answered. */
function authorizeQuery({ options }: KakaoState, raw: unknown): Fields {
  const query = fieldsOf(raw);
  const { code_challenge_method: method, code_challenge: challenge } = query;
  const refuse = (code: string, message: string) => new Refusal(400, errorPage(code, message));
  if (query.client_id !== options.restApiKey) throw refuse('KOE101', '등록되지 않은 앱 키(client_id)입니다.');
  if (!options.redirectUris.includes(query.redirect_uri ?? ''))
    throw refuse('KOE006', '등록되지 않은 리다이렉트 주소(redirect_uri)입니다.');
  if (query.response_type !== 'code') throw refuse('KOE201', '지원하지 않는 응답 유형(response_type)입니다.');
  if ((challenge === undefined) !== (method === undefined) || (method !== undefined && method !== 'S256'))
    throw refuse('invalid_request', 'PKCE는 S256 방식만 지원합니다.');
  return query;
}

/** Where the browser goes with a code. */
function approve(state: KakaoState, query: Fields, user: KakaoTestUser): string {
  const requested = query.scope?.split(/[, ]+/);
  const redirectUri = query.redirect_uri ?? '';
  const grant: Grant = {
    user,
    scopes: requested ? ALL_SCOPES.filter((scope) => requested.includes(scope)) : ALL_SCOPES,
    nonce: query.nonce,
    authTime: Math.floor(state.clock().getTime() / 1000),
    redirectUri,
    codeChallenge: query.code_challenge,
  };
  if (!state.linkedAt.has(user)) state.linkedAt.set(user, state.clock());
  return withQuery(redirectUri, { code: state.grants.issue('code', grant), state: query.state });
}

function deny({ redirect_uri = '', state }: Fields, error: string, error_description: string): string {
  return withQuery(redirect_uri, { error, error_description, state });
}

/** A code is spent by the first attempt, successful or not (RFC 6749, section 4.1.2). */
function tokensByCode(state: KakaoState, { code = '', redirect_uri, code_verifier = '' }: Fields): object {
  const found = state.grants.find('code', code);
  state.grants.end(code);
  if (!found || found.secondsLeft <= 0) throw oauthError('KOE320', code);
  const { grant } = found;
  if (grant.redirectUri !== redirect_uri) throw oauthError('KOE303');
  const challenge = createHash('sha256').update(code_verifier).digest('base64url');
  if (grant.codeChallenge !== undefined && grant.codeChallenge !== challenge)
    throw oauthError('KOE320', code);
  return { ...accessTokenAnswer(state, grant, grant.nonce), ...refreshTokenAnswer(state, grant) };
}

function tokensByRefresh(state: KakaoState, { refresh_token }: Fields): object {
  if (refresh_token === undefined) throw oauthError('KOE319');
  const found = state.grants.find('refresh', refresh_token);
  if (!found || found.secondsLeft <= 0) throw oauthError('KOE322');
  const { grant, secondsLeft } = found;
  const answer = accessTokenAnswer(state, grant);
  if (secondsLeft >= REFRESH_RENEWAL_SECONDS) return answer;
  state.grants.end(refresh_token);
  return { ...answer, ...refreshTokenAnswer(state, grant) };
}

function accessTokenAnswer(state: KakaoState, grant: Grant, nonce?: string): object {
  const fault = state.misbehaviours.takeIdentityFault('/oauth/token');
  const withIdToken = grant.scopes.includes('openid') && fault !== 'noIdToken';
  return {
    token_type: 'bearer',
    access_token: state.grants.issue('access', grant),
    expires_in: LIFE_SECONDS.access,
    scope: grant.scopes.join(' '),
    ...(withIdToken && {
      id_token: state.idTokens.sign({ ...grant, nonce }, pictureOf(state, grant.user), fault),
    }),
  };
}

function refreshTokenAnswer(state: KakaoState, grant: Grant): object {
  return {
    refresh_token: state.grants.issue('refresh', grant),
    refresh_token_expires_in: LIFE_SECONDS.refresh,
  };
}

function withQuery(address: string, parameters: Partial<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.append(name, value);
  // As Kakao writes a space.
  url.search = url.search.replaceAll('+', '%20');
  return url.href;
}
