import { type FastifyInstance, type FastifyReply } from 'fastify';
import { fieldOf } from './kakao-answers';
import { DEFAULT_APP_ID } from './kakao-api-routes';
import { HTTP_FAULTS, IDENTITY_FAULTS } from './kakao-misbehaviour';
import { connectionsPage, PAGE_CSP } from './kakao-pages';
import { type KakaoState } from './kakao-state';
import { type KakaoTestUser } from './kakao-test-users';

const BEHAVIOURS = [...HTTP_FAULTS, ...IDENTITY_FAULTS];
const MAX_TIMES = 1_000;
const WEBHOOK_TIMEOUT_MS = 3_000;

/** What Kakao has no API for: a user who disconnects, and faults on demand. Paths begin with an underscore. */
export function registerControls(app: FastifyInstance, state: KakaoState): void {
  app.get('/_users', async (_request, reply) => sendConnections(state, reply));

  app.post('/_users', async (request, reply) => {
    const login = fieldOf(request.body, 'user');
    const user = state.users.find((candidate) => candidate.login === login);
    if (!user) return reply.code(400).send({ error: 'user must be one of the test users' });
    state.grants.endUser(user);
    state.linkedAt.delete(user);
    return sendConnections(state, reply, await sendUnlinkWebhook(state, user));
  });

  app.post('/_misbehave', async (request, reply) => {
    const path = fieldOf(request.body, 'path') ?? '';
    const behaviour = BEHAVIOURS.find((name) => name === fieldOf(request.body, 'behaviour'));
    const times = Number(fieldOf(request.body, 'times') ?? 1);
    const known = (['GET', 'POST'] as const).some((method) => app.hasRoute({ method, url: path }));
    if (!known || !behaviour || !Number.isInteger(times) || times < 1 || times > MAX_TIMES)
      return reply.code(400).send({
        error: `path: a route such as /oauth/token or /v2/user/me; behaviour: one of the list; times: 1 to ${MAX_TIMES}`,
        behaviours: BEHAVIOURS,
      });
    state.misbehaviours.add({ path, behaviour, times });
    return { path, behaviour, times };
  });
}

function sendConnections(state: KakaoState, reply: FastifyReply, notice?: string): FastifyReply {
  const users = state.users.map((user) => ({ ...user, linked: state.linkedAt.has(user) }));
  return reply
    .headers({ 'content-security-policy': PAGE_CSP, 'x-content-type-options': 'nosniff' })
    .type('text/html;charset=UTF-8')
    .send(connectionsPage(users, notice));
}

/** Tells the app as Kakao does; returns what came of it, for the page. */
async function sendUnlinkWebhook(state: KakaoState, user: KakaoTestUser): Promise<string> {
  const { webhookUrl, adminKey, appId = DEFAULT_APP_ID } = state.options;
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
