import { type FastifyInstance, type FastifyReply } from 'fastify';
import { fieldOf, oauthError } from './kakao-answers';
import { ACCESS_TOKEN_SECONDS, type Grant, REFRESH_TOKEN_SECONDS } from './kakao-grants';
import { IDENTITY_FAULTS } from './kakao-misbehaviour';
import { consentPage, errorPage, PAGE_CSP } from './kakao-pages';
import { type KakaoState, pictureOf } from './kakao-state';
import { type KakaoTestUser } from './kakao-test-users';

const ALL_SCOPES = ['profile_nickname', 'profile_image', 'account_email', 'openid'] as const;

/** The routes of kauth.kakao.com. */
export function registerKauth(app: FastifyInstance, state: KakaoState): void {
  app.get('/oauth/authorize', async (request, reply) => {
    const refusal = authorizeFault(state, request.query);
    if (refusal) return sendPage(reply, 400, errorPage(...refusal));
    const loginHint = fieldOf(request.query, 'login_hint');
    if (!fieldOf(request.query, 'prompt')?.split(',').includes('none')) {
      return sendPage(reply, 200, consentPage(state.users, loginHint));
    }
    const user = state.users.find(({ login }) => login === loginHint);
    if (user) return reply.redirect(approve(state, request.query, user), 302);
    return reply.redirect(deny(request.query, 'consent_required', 'user consent required.'), 302);
  });

  app.post('/oauth/authorize', async (request, reply) => {
    const refusal = authorizeFault(state, request.query);
    if (refusal) return sendPage(reply, 400, errorPage(...refusal));
    if (fieldOf(request.body, 'cancel') !== undefined) {
      return reply.redirect(deny(request.query, 'access_denied', 'User denied access'), 302);
    }
    const user = state.users.find(({ login }) => login === fieldOf(request.body, 'user'));
    if (!user) return sendPage(reply, 400, errorPage('invalid_request', '목록에 없는 사용자입니다.'));
    return reply.redirect(approve(state, request.query, user), 302);
  });

  app.post('/oauth/token', async (request, reply) => {
    const { restApiKey, clientSecret } = state.options;
    const form = request.body;
    if (fieldOf(form, 'client_id') !== restApiKey) return oauthError(reply, 'KOE101');
    if (clientSecret !== null && fieldOf(form, 'client_secret') !== clientSecret)
      return oauthError(reply, 'KOE010');
    switch (fieldOf(form, 'grant_type')) {
      case 'authorization_code':
        return grantByCode(state, form, reply);
      case 'refresh_token':
        return grantByRefresh(state, form, reply);
      default:
        return oauthError(reply, 'KOE310');
    }
  });

  app.post('/oauth/tokeninfo', async (request, reply) => {
    return state.idTokens.read(fieldOf(request.body, 'id_token') ?? '') ?? oauthError(reply, 'KOE400');
  });

  app.get('/oauth/logout', async (request, reply) => {
    const target = fieldOf(request.query, 'logout_redirect_uri') ?? '';
    // Kakao keeps a separate list of logout addresses; here any page of a registered origin will do.
    const known = state.options.redirectUris.some(
      (uri) => URL.canParse(target) && new URL(uri).origin === new URL(target).origin,
    );
    if (!known || fieldOf(request.query, 'client_id') !== state.options.restApiKey)
      return sendPage(reply, 400, errorPage('KOE006', '등록되지 않은 로그아웃 주소입니다.'));
    return reply.redirect(withQuery(target, { state: fieldOf(request.query, 'state') }), 302);
  });

  app.get('/.well-known/jwks.json', async () => state.idTokens.jwks());
  app.get('/.well-known/openid-configuration', async () => discovery(state.url()));
}

function authorizeFault(state: KakaoState, query: unknown): [code: string, message: string] | undefined {
  const method = fieldOf(query, 'code_challenge_method');
  const challenge = fieldOf(query, 'code_challenge');
  if (fieldOf(query, 'client_id') !== state.options.restApiKey)
    return ['KOE101', '등록되지 않은 앱 키(client_id)입니다.'];
  if (!state.options.redirectUris.includes(fieldOf(query, 'redirect_uri') ?? ''))
    return ['KOE006', '등록되지 않은 리다이렉트 주소(redirect_uri)입니다.'];
  if (fieldOf(query, 'response_type') !== 'code')
    return ['KOE201', '지원하지 않는 응답 유형(response_type)입니다.'];
  if ((challenge === undefined) !== (method === undefined) || (method !== undefined && method !== 'S256'))
    return ['invalid_request', 'PKCE는 S256 방식만 지원합니다.'];
  return undefined;
}

function approve(state: KakaoState, query: unknown, user: KakaoTestUser): string {
  const requested = fieldOf(query, 'scope')?.split(/[, ]+/);
  const grant: Grant = {
    user,
    scopes: requested ? ALL_SCOPES.filter((scope) => requested.includes(scope)) : ALL_SCOPES,
    nonce: fieldOf(query, 'nonce'),
    authTime: Math.floor(state.clock().getTime() / 1000),
  };
  if (!state.linkedAt.has(user)) state.linkedAt.set(user, state.clock());
  const redirectUri = fieldOf(query, 'redirect_uri') ?? '';
  const code = state.grants.issueCode(grant, redirectUri, fieldOf(query, 'code_challenge'));
  return withQuery(redirectUri, { code, state: fieldOf(query, 'state') });
}

function deny(query: unknown, error: string, error_description: string): string {
  return withQuery(fieldOf(query, 'redirect_uri') ?? '', {
    error,
    error_description,
    state: fieldOf(query, 'state'),
  });
}

function grantByCode(state: KakaoState, form: unknown, reply: FastifyReply): FastifyReply {
  const code = fieldOf(form, 'code') ?? '';
  const grant = state.grants.spendCode(code, fieldOf(form, 'redirect_uri'), fieldOf(form, 'code_verifier'));
  if (grant === 'redirectMismatch') return oauthError(reply, 'KOE303');
  if (grant === 'notFound') return oauthError(reply, 'KOE320', code);
  return reply.send({
    ...accessTokenAnswer(state, grant, grant.nonce),
    refresh_token: state.grants.issueRefreshToken(grant),
    refresh_token_expires_in: REFRESH_TOKEN_SECONDS,
  });
}

function grantByRefresh(state: KakaoState, form: unknown, reply: FastifyReply): FastifyReply {
  const refreshToken = fieldOf(form, 'refresh_token');
  if (refreshToken === undefined) return oauthError(reply, 'KOE319');
  const refreshed = state.grants.refresh(refreshToken);
  if (!refreshed) return oauthError(reply, 'KOE322');
  const { grant, renewed } = refreshed;
  return reply.send({
    ...accessTokenAnswer(state, grant, undefined),
    ...(renewed && { refresh_token: renewed, refresh_token_expires_in: REFRESH_TOKEN_SECONDS }),
  });
}

function accessTokenAnswer(
  state: KakaoState,
  grant: Grant,
  nonce: string | undefined,
): Record<string, unknown> {
  const fault = state.misbehaviours.take('/oauth/token', IDENTITY_FAULTS);
  const withIdToken = grant.scopes.includes('openid') && fault !== 'noIdToken';
  return {
    token_type: 'bearer',
    access_token: state.grants.issueAccessToken(grant),
    expires_in: ACCESS_TOKEN_SECONDS,
    scope: grant.scopes.join(' '),
    ...(withIdToken && {
      id_token: state.idTokens.sign({ ...grant, nonce }, pictureOf(state, grant.user), fault),
    }),
  };
}

function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .headers({
      'content-security-policy': PAGE_CSP,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .type('text/html;charset=UTF-8')
    .send(html);
}

function withQuery(address: string, parameters: Record<string, string | undefined>): string {
  const query = Object.entries(parameters)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return query === '' ? address : address + (address.includes('?') ? '&' : '?') + query;
}

function discovery(url: string): object {
  return {
    issuer: url,
    authorization_endpoint: `${url}/oauth/authorize`,
    token_endpoint: `${url}/oauth/token`,
    userinfo_endpoint: `${url}/v1/oidc/userinfo`,
    jwks_uri: `${url}/.well-known/jwks.json`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    request_uri_parameter_supported: false,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    claims_supported: [
      'iss',
      'aud',
      'sub',
      'auth_time',
      'exp',
      'iat',
      'nonce',
      'nickname',
      'picture',
      'email',
    ],
  };
}
