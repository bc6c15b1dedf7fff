import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { apiError, fieldOf } from './kakao-answers';
import { type Grant, type TokenState } from './kakao-grants';
import { IDENTITY_FAULTS } from './kakao-misbehaviour';
import { type KakaoState, pictureOf } from './kakao-state';
import { type KakaoTestUser } from './kakao-test-users';

/** What `access_token_info` answers when the options do not say. */
export const DEFAULT_APP_ID = 1_000_001;

/** Who a request speaks for: one login (Bearer) or the whole app about one user (KakaoAK). */
type Caller = { user: KakaoTestUser; grant: Grant | undefined; secondsLeft: number };

/** The routes of kapi.kakao.com. */
export function registerKapi(app: FastifyInstance, state: KakaoState): void {
  app.get('/v1/user/access_token_info', async (request, reply) => {
    const caller = callerOf(state, request, reply, 'bearerOnly');
    if (!caller) return reply;
    const fault = state.misbehaviours.take('/v1/user/access_token_info', IDENTITY_FAULTS);
    return {
      id: Number(caller.user.kakaoId) + (fault === 'otherUser' ? 1 : 0),
      expires_in: caller.secondsLeft,
      app_id: (state.options.appId ?? DEFAULT_APP_ID) + (fault === 'wrongAppId' ? 1 : 0),
    };
  });

  app.route({
    method: ['GET', 'POST'],
    url: '/v2/user/me',
    handler: async (request, reply) => {
      const caller = callerOf(state, request, reply);
      if (!caller) return reply;
      const keys = propertyKeys(parameter(request, 'property_keys'));
      if (!keys) return apiError(reply, 400, -2, 'property_keys must be a JSON array of strings');
      return pick(userAnswer(state, caller), keys);
    },
  });

  app.get('/v1/oidc/userinfo', async (request, reply) => {
    const caller = callerOf(state, request, reply, 'bearerOnly');
    if (!caller) return reply;
    const { user } = caller;
    const shares = sharedScopes(caller);
    if (!shares('openid')) return apiError(reply, 403, -402, 'insufficient scopes.');
    return {
      sub: user.kakaoId,
      ...(shares('profile_nickname') && { nickname: user.nickname }),
      ...(shares('profile_image') && { picture: pictureOf(state, user) }),
      ...(shares('account_email') && { email: user.email, email_verified: user.emailVerified }),
    };
  });

  app.post('/v1/user/logout', async (request, reply) => {
    const caller = callerOf(state, request, reply);
    if (!caller) return reply;
    if (caller.grant) state.grants.endGrant(caller.grant);
    else state.grants.endUser(caller.user);
    return { id: Number(caller.user.kakaoId) };
  });

  app.post('/v1/user/unlink', async (request, reply) => {
    const caller = callerOf(state, request, reply);
    if (!caller) return reply;
    state.grants.endUser(caller.user);
    state.linkedAt.delete(caller.user);
    return { id: Number(caller.user.kakaoId) };
  });
}

/** The caller, or undefined after the refusal has been sent. */
function callerOf(
  state: KakaoState,
  request: FastifyRequest,
  reply: FastifyReply,
  kinds?: 'bearerOnly',
): Caller | undefined {
  const [scheme, credential] = (request.headers.authorization ?? '').split(' ', 2);
  if (scheme === 'KakaoAK' && kinds !== 'bearerOnly') return adminCaller(state, request, reply, credential);
  if (scheme !== 'Bearer' || !credential) {
    apiError(reply, 400, -2, 'the Authorization header has a wrong format');
    return undefined;
  }
  const token: TokenState = state.grants.accessToken(credential);
  if (token.state === 'valid') {
    return { user: token.grant.user, grant: token.grant, secondsLeft: token.secondsLeft };
  }
  const fault = token.state === 'expired' ? 'is already expired' : 'does not exist';
  apiError(reply, 401, -401, `this access token ${fault}`);
  return undefined;
}

function adminCaller(
  state: KakaoState,
  request: FastifyRequest,
  reply: FastifyReply,
  key: string | undefined,
): Caller | undefined {
  const { adminKey } = state.options;
  if (adminKey === undefined || key !== adminKey) {
    apiError(reply, 401, -401, 'wrong app key');
    return undefined;
  }
  const target = parameter(request, 'target_id');
  if (parameter(request, 'target_id_type') !== 'user_id' || !target) {
    apiError(reply, 400, -2, 'target_id_type and target_id are required');
    return undefined;
  }
  const user = state.users.find(({ kakaoId }) => kakaoId === target);
  if (!user || !state.linkedAt.has(user)) {
    apiError(reply, 400, -101, 'not registered user');
    return undefined;
  }
  return { user, grant: undefined, secondsLeft: 0 };
}

function parameter(request: FastifyRequest, name: string): string | undefined {
  return fieldOf(request.query, name) ?? fieldOf(request.body, name);
}

function sharedScopes(caller: Caller): (scope: string) => boolean {
  return (scope) => caller.grant?.scopes.includes(scope) ?? true;
}

function userAnswer(state: KakaoState, caller: Caller): Record<string, unknown> {
  const { user } = caller;
  const shares = sharedScopes(caller);
  const fault = state.misbehaviours.take('/v2/user/me', IDENTITY_FAULTS);
  const nickname =
    shares('profile_nickname') && fault !== 'noNickname' ? { nickname: user.nickname } : undefined;
  const picture = pictureOf(state, user);
  return {
    id: Number(user.kakaoId) + (fault === 'otherUser' ? 1 : 0),
    connected_at: state.linkedAt.get(user)?.toISOString().replace(/\.\d+/, ''),
    properties: {
      ...nickname,
      ...(shares('profile_image') && { profile_image: picture, thumbnail_image: picture }),
    },
    kakao_account: {
      profile_nickname_needs_agreement: !shares('profile_nickname'),
      profile_image_needs_agreement: !shares('profile_image'),
      profile: {
        ...nickname,
        ...(nickname && { is_default_nickname: false }),
        ...(shares('profile_image') && {
          thumbnail_image_url: picture,
          profile_image_url: picture,
          is_default_image: false,
        }),
      },
      has_email: true,
      email_needs_agreement: !shares('account_email'),
      ...(shares('account_email') && {
        is_email_valid: true,
        is_email_verified: user.emailVerified,
        email: user.email,
      }),
    },
  };
}

/** `["kakao_account.email"]` → the keys asked for; absent means everything. */
function propertyKeys(json: string | undefined): string[] | undefined {
  if (json === undefined) return ['properties', 'kakao_account'];
  try {
    const keys: unknown = JSON.parse(json);
    return Array.isArray(keys) && keys.every((key) => typeof key === 'string') ? keys : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the parts of an answer that the keys name; `id` and `connected_at` always come. */
function pick(answer: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = { id: answer.id, connected_at: answer.connected_at };
  for (const [group, members] of Object.entries(answer)) {
    if (typeof members !== 'object' || members === null) continue;
    const kept = Object.entries(members).filter(([name]) =>
      keys.some((key) => key === group || key === `${group}.` || key === `${group}.${keyOf(name)}`),
    );
    if (kept.length > 0) picked[group] = Object.fromEntries(kept);
  }
  return picked;
}

/** Flags travel with the value they describe: `is_email_valid` belongs to `email`. */
function keyOf(member: string): string {
  if (member.includes('email')) return 'email';
  return member.startsWith('profile') && member.endsWith('_needs_agreement') ? 'profile' : member;
}
