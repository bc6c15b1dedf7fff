import formbody from '@fastify/formbody';
import { fastify, type FastifyInstance } from 'fastify';
import { registerKapi } from './kakao-api-routes';
import { registerKauth } from './kakao-auth-routes';
import { registerControls } from './kakao-controls';
import { injectFaults } from './kakao-faults';
import { KakaoGrants } from './kakao-grants';
import { KakaoIdTokens } from './kakao-id-tokens';
import { type MisbehaveOptions, Misbehaviours } from './kakao-misbehaviour';
import { type KakaoStandinOptions, type KakaoState } from './kakao-state';
import { avatarSvg, KAKAO_TEST_USERS, type KakaoTestUser } from './kakao-test-users';

export interface KakaoStandin {
  /** Origin of both kauth and kapi, and the `iss` of its id_tokens. */
  url: string;
  /** This instance's own copies: a test may change them, e.g. to an unverified address. */
  users: KakaoTestUser[];
  misbehave(options: MisbehaveOptions): void;
  /** Requests seen for a routed path, e.g. `/.well-known/jwks.json`. */
  requestCount(path: string): number;
  close(): Promise<void>;
}

/** Starts a local server with the wire format of kauth.kakao.com and kapi.kakao.com, for development and tests. */
export async function startKakaoStandin(options: KakaoStandinOptions): Promise<KakaoStandin> {
  const { port = 0, host = '127.0.0.1', clock = () => new Date() } = options;
  const now = () => Math.floor(clock().getTime() / 1000);
  let url = '';
  const state: KakaoState = {
    options,
    users: KAKAO_TEST_USERS.map((user) => ({ ...user })),
    linkedAt: new Map(),
    grants: new KakaoGrants(now),
    idTokens: await KakaoIdTokens.create({ issuer: () => url, audience: options.restApiKey, now }),
    misbehaviours: new Misbehaviours(),
    clock,
    url: () => url,
  };

  const app = fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 });
  app.removeContentTypeParser(['application/json', 'text/plain']);
  await app.register(formbody);
  const counts = countRequests(app);
  injectFaults(app, state.misbehaviours);
  registerKauth(app, state);
  registerKapi(app, state);
  registerControls(app, state);
  app.get<{ Params: { login: string } }>('/profile/:login.svg', async (request, reply) => {
    const user = state.users.find(({ login }) => login === request.params.login);
    return user ? reply.type('image/svg+xml').send(avatarSvg(user)) : reply.callNotFound();
  });

  url = await app.listen({ port, host });
  return {
    url,
    users: state.users,
    misbehave: (fault) => state.misbehaviours.add(fault),
    requestCount: (path) => counts.get(path) ?? 0,
    close: () => app.close(),
  };
}

function countRequests(app: FastifyInstance): Map<string, number> {
  const counts = new Map<string, number>();
  app.addHook('onRequest', async (request) => {
    const path = request.routeOptions.url;
    if (path !== undefined) counts.set(path, (counts.get(path) ?? 0) + 1);
  });
  return counts;
}
