import formbody from '@fastify/formbody';
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import { KakaoGrants } from './kakao-grants';
import { KakaoIdTokens } from './kakao-id-tokens';
import { BEHAVIOURS, type MisbehaveOptions, Misbehaviours } from './kakao-misbehaviour';
import { avatarSvg, connectionsPage, sendPage } from './kakao-pages';
import { Refusal } from './kakao-refusals';
import { fieldsOf, type KakaoStandinOptions, type KakaoState, unlink } from './kakao-state';
import { KAKAO_TEST_USERS, type KakaoTestUser } from './kakao-test-users';
import { registerKapi } from './kapi-routes';
import { registerKauth } from './kauth-routes';

const DEFAULT_APP_ID = 1_000_001;
const MAX_TIMES = 1_000;
const WEBHOOK_TIMEOUT_MS = 3_000;

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
  const { port = 0, host = '127.0.0.1', appId = DEFAULT_APP_ID, clock = () => new Date() } = options;
  const now = () => Math.floor(clock().getTime() / 1000);
  let url = '';
  const state: KakaoState = {
    options,
    appId,
    users: KAKAO_TEST_USERS.map((user) => ({ ...user })),
    linkedAt: new Map(),
    grants: new KakaoGrants(now),
    idTokens: await KakaoIdTokens.create({ issuer: () => url, audience: options.restApiKey, now }),
    misbehaviours: new Misbehaviours(),
    clock,
    url: () => url,
  };
  const counts = new Map<string, number>();

  const app = fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 });
  app.removeContentTypeParser(['application/json', 'text/plain']);
  await app.register(formbody);
  app.addHook('onRequest', async ({ routeOptions: { url: path } }) => {
    if (path !== undefined) counts.set(path, (counts.get(path) ?? 0) + 1);
  });
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Refusal)) throw error;
    reply.code(error.status);
    return typeof error.body === 'string' ? sendPage(reply, error.body) : reply.send(error.body);
  });
  state.misbehaviours.injectInto(app);
  registerKauth(app, state);
  registerKapi(app, state);
  registerControls(app, state);

  url = await app.listen({ port, host });
  return {
    url,
    users: state.users,
    misbehave: (fault) => state.misbehaviours.add(fault),
    requestCount: (path) => counts.get(path) ?? 0,
    close: () => app.close(),
  };
}

/** What Kakao has no API for: a user who disconnects, and faults on demand. Paths begin with an underscore. */
function registerControls(app: FastifyInstance, state: KakaoState): void {
  const sendConnections = (reply: FastifyReply, notice?: string) => {
    const users = state.users.map((user) => ({ ...user, linked: state.linkedAt.has(user) }));
    return sendPage(reply, connectionsPage(users, notice));
  };

  app.get<{ Params: { login: string } }>('/profile/:login.svg', async (request, reply) => {
    const user = state.users.find(({ login }) => login === request.params.login);
    return user ? reply.type('image/svg+xml').send(avatarSvg(user)) : reply.callNotFound();
  });

  app.get('/_users', async (_request, reply) => sendConnections(reply));

  app.post('/_users', async (request, reply) => {
    const user = state.users.find(({ login }) => login === fieldsOf(request.body).user);
    if (!user) throw new Refusal(400, { error: 'user must be one of the test users' });
    unlink(state, user);
    return sendConnections(reply, await sendUnlinkWebhook(state, user));
  });

  app.post('/_misbehave', async (request) => {
    const { path = '', times: given = '1', ...form } = fieldsOf(request.body);
    const behaviour = BEHAVIOURS.find((name) => name === form.behaviour);
    const times = Number(given);
    const known = (['GET', 'POST'] as const).some((method) => app.hasRoute({ method, url: path }));
    if (!known || !behaviour || !Number.isInteger(times) || times < 1 || times > MAX_TIMES)
      throw new Refusal(400, {
        error: `path: a route such as /oauth/token or /v2/user/me; behaviour: one of the list; times: 1 to ${MAX_TIMES}`,
        behaviours: BEHAVIOURS,
      });
    state.misbehaviours.add({ path, behaviour, times });
    return { path, behaviour, times };
  });
}

/** Tells the app as Kakao does; returns what came of it, for the page. */
async function sendUnlinkWebhook({ options, appId }: KakaoState, user: KakaoTestUser): Promise<string> {
  const { webhookUrl, adminKey } = options;
  if (webhookUrl === undefined || adminKey === undefined) return '연결을 끊었습니다. 알릴 주소가 없습니다.';
  const form = { app_id: String(appId), user_id: user.kakaoId, referrer_type: 'UNLINK_FROM_APPS' };
  try {
    const { status } = await fetch(webhookUrl, {
      method: 'POST',
      headers: { authorization: `KakaoAK ${adminKey}` },
      body: new URLSearchParams(form),
      redirect: 'manual',
      signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
    });
    return `연결을 끊고 알렸습니다. (HTTP ${status})`;
  } catch {
    return '연결을 끊었지만 알리지 못했습니다.';
  }
}
