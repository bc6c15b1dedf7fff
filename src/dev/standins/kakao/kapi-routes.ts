import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Grant } from './kakao-grants';
import { apiError } from './kakao-refusals';
import { fieldsOf, type KakaoState, pictureOf, unlink } from './kakao-state';
import type { KakaoTestUser } from './kakao-test-users';

/** Who a request speaks for: one login (Bearer) or the whole app about one user (KakaoAK). */
interface Caller {
  user: KakaoTestUser;
  grant?: Grant;
  secondsLeft: number;
  shares: (scope: string) => boolean;
}

/** The routes of kapi.kakao.com. */
export function registerKapi(app: FastifyInstance, state: KakaoState): void {
  app.get('/v1/user/access_token_info', async (request) => {
    const { user, secondsLeft } = bearerOf(state, request);
    const fault = state.misbehaviours.takeIdentityFault('/v1/user/access_token_info');
    return {
      id: Number(user.kakaoId) + (fault === 'otherUser' ? 1 : 0),
      expires_in: secondsLeft,
      app_id: state.appId + (fault === 'wrongAppId' ? 1 : 0),
    };
  });

  app.route({
    method: ['GET', 'POST'],
    url: '/v2/user/me',
    handler: async (request) => {
      const caller = callerOf(state, request);
      const keys = propertyKeys(parametersOf(request).property_keys);
      return pick(userAnswer(state, caller), keys);
    },
  });

  app.get('/v1/oidc/userinfo', async (request) => {
    const { user, shares } = bearerOf(state, request);
    if (!shares('openid')) throw apiError(403, -402, 'insufficient scopes.');
    return {
      sub: user.kakaoId,
      ...(shares('profile_nickname') && { nickname: user.nickname }),
      ...(shares('profile_image') && { picture: pictureOf(state, user) }),
      ...(shares('account_email') && { email: user.email, email_verified: user.emailVerified }),
    };
  });

  app.post('/v1/user/logout', async (request) => {
    const caller = callerOf(state, request);
    state.grants.endWhere((grant) => (caller.grant ? grant === caller.grant : grant.user === caller.user));
    return { id: Number(caller.user.kakaoId) };
  });

  app.post('/v1/user/unlink', async (request) => {
    const { user } = callerOf(state, request);
    unlink(state, user);
    return { id: Number(user.kakaoId) };
  });
}

function callerOf(state: KakaoState, request: FastifyRequest): Caller {
  const [scheme, key] = (request.headers.authorization ?? '').split(' ', 2);
  if (scheme !== 'KakaoAK') return bearerOf(state, request);
  const { adminKey } = state.options;
  if (adminKey === undefined || key !== adminKey) throw apiError(401, -401, 'wrong app key');
  const { target_id_type: type, target_id: target } = parametersOf(request);
  if (type !== 'user_id' || !target) throw apiError(400, -2, 'target_id_type and target_id are required');
  const user = state.users.find(({ kakaoId }) => kakaoId === target);
  if (!user || !state.linkedAt.has(user)) throw apiError(400, -101, 'not registered user');
  return { user, secondsLeft: 0, shares: () => true };
}

function bearerOf(state: KakaoState, { headers: { authorization = '' } }: FastifyRequest): Caller {
  const [scheme, token] = authorization.split(' ', 2);
  if (scheme !== 'Bearer' || !token) throw apiError(400, -2, 'the Authorization header has a wrong format');
  const found = state.grants.find('access', token);
  if (!found) throw apiError(401, -401, 'this access token does not exist');
  const { grant, secondsLeft } = found;
  if (secondsLeft <= 0) throw apiError(401, -401, 'this access token is already expired');
  return { user: grant.user, grant, secondsLeft, shares: (scope) => grant.scopes.includes(scope) };
}

function parametersOf({ query, body }: FastifyRequest): ReturnType<typeof fieldsOf> {
  return { ...fieldsOf(body), ...fieldsOf(query) };
}

function userAnswer(state: KakaoState, { user, shares }: Caller): Record<string, unknown> {
  const fault = state.misbehaviours.takeIdentityFault('/v2/user/me');
  const nickname = shares('profile_nickname') && fault !== 'noNickname' && { nickname: user.nickname };
  const picture = pictureOf(state, user);
  const image = shares('profile_image');
  const email = shares('account_email');
  return {
    id: Number(user.kakaoId) + (fault === 'otherUser' ? 1 : 0),
    connected_at: state.linkedAt.get(user)?.toISOString().replace(/\.\d+/, ''),
    properties: {
      ...nickname,
      ...(image && { profile_image: picture, thumbnail_image: picture }),
    },
    kakao_account: {
      profile_nickname_needs_agreement: !shares('profile_nickname'),
      profile_image_needs_agreement: !image,
      profile: {
        ...(nickname && { ...nickname, is_default_nickname: false }),
        ...(image && {
          thumbnail_image_url: picture,
          profile_image_url: picture,
          is_default_image: false,
        }),
      },
      has_email: true,
      email_needs_agreement: !email,
      ...(email && { is_email_valid: true, is_email_verified: user.emailVerified, email: user.email }),
    },
  };
}

/** `["kakao_account.email"]` → the keys asked for; absent means everything. */
function propertyKeys(json = '["properties", "kakao_account"]'): string[] {
  try {
    const keys: unknown = JSON.parse(json);
    if (Array.isArray(keys) && keys.every((key) => typeof key === 'string')) return keys;
  } catch {
    // Not JSON: refused below.
  }
  throw apiError(400, -2, 'property_keys must be a JSON array of strings');
}

/** Keeps the parts of an answer that the keys name; `id` and `connected_at` always come. */
function pick({ id, connected_at, ...groups }: Record<string, unknown>, keys: readonly string[]): object {
  const picked: Record<string, unknown> = { id, connected_at };
  for (const [group, members] of Object.entries(groups)) {
    const kept = Object.entries(members as object).filter(([name]) =>
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
