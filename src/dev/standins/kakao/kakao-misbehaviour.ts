import type { FastifyInstance, FastifyReply } from 'fastify';
import { apiError, oauthError, type Refusal } from './kakao-refusals';
import { fieldsOf } from './kakao-state';

interface Faulty {
  reply: FastifyReply;
  kauth: boolean;
  code: string | undefined;
}

/** Faults of a whole answer. */
const FAULTS = {
  silent: ({ reply }) => reply.hijack(),
  /** One byte every 50 ms. */
  slow: ({ reply }) => drip(reply.hijack()),
  serverError: ({ reply }) => reply.code(500).type('text/html').send('<h1>Internal Server Error</h1>'),
  redirect: ({ reply }) => reply.redirect('/.well-known/openid-configuration'),
  oversized: ({ reply }) => reply.send({ padding: 'x'.repeat(1_000_000) }),
  notJson: ({ reply }) => reply.type('text/html;charset=UTF-8').send('<p>점검 중입니다.</p>'),
  wrongShape: ({ reply }) => reply.send({ token_type: 'bearer' }),
  temporary: ({ kauth }) => (kauth ? oauthError('KOE003') : apiError(400, -1, 'internal server error')),
  quota: ({ kauth }) => (kauth ? oauthError('KOE237') : apiError(400, -10, 'API limit has been exceeded.')),
  maintenance: () => apiError(503, -9798, 'service is under maintenance'),
  dormant: () => apiError(400, -103, 'dormant or absent account'),
  underage: () => apiError(401, -406, 'user is under 14'),
  expiredToken: () => apiError(401, -401, 'this access token is already expired'),
  KOE010: () => oauthError('KOE010'),
  KOE101: () => oauthError('KOE101'),
  KOE303: () => oauthError('KOE303'),
  KOE320: ({ code }) => oauthError('KOE320', code),
} satisfies Record<string, (request: Faulty) => FastifyReply | Refusal>;

const HTTP_FAULTS = Object.keys(FAULTS) as HttpFault[];

/** Faults of the id_token, the user or the app inside an otherwise good answer. */
const IDENTITY_FAULTS = [
  'badNonce',
  'wrongAudience',
  'wrongIssuer',
  'expired',
  'noExpiry',
  'algNone',
  'hs256',
  'unknownKid',
  'badSignature',
  'noNickname',
  'noIdToken',
  'otherUser',
  'wrongAppId',
] as const;

export type HttpFault = keyof typeof FAULTS;
export type IdentityFault = (typeof IDENTITY_FAULTS)[number];
export type KakaoMisbehaviour = HttpFault | IdentityFault;

export const BEHAVIOURS: readonly KakaoMisbehaviour[] = [...HTTP_FAULTS, ...IDENTITY_FAULTS];

export interface MisbehaveOptions {
  /** As routed, e.g. `/oauth/token`. */
  path: string;
  behaviour: KakaoMisbehaviour;
  /** How many of the next requests to that path; 1 when absent. */
  times?: number;
}

/** What the next requests of each path shall suffer, in order. */
export class Misbehaviours {
  private readonly queues = new Map<string, { behaviour: KakaoMisbehaviour; left: number }[]>();

  add({ path, behaviour, times = 1 }: MisbehaveOptions): void {
    const queue = this.queues.get(path) ?? [];
    queue.push({ behaviour, left: times });
    this.queues.set(path, queue);
  }

  /** The next fault of `path`, when it is one inside an answer. */
  takeIdentityFault(path: string): IdentityFault | undefined {
    return this.take(path, IDENTITY_FAULTS);
  }

  /** Answers a request wrongly when that is its path's next fault. */
  injectInto(app: FastifyInstance): void {
    app.addHook('preHandler', async ({ routeOptions: { url: path = '' }, body }, reply) => {
      const fault = this.take(path, HTTP_FAULTS);
      if (fault === undefined) return undefined;
      const { code } = fieldsOf(body);
      const answer = FAULTS[fault]({ reply, kauth: path.startsWith('/oauth/'), code });
      if (answer instanceof Error) throw answer;
      return answer;
    });
  }

  private take<T extends KakaoMisbehaviour>(path: string, kinds: readonly T[]): T | undefined {
    const queue = this.queues.get(path);
    const next = queue?.[0];
    const fault = kinds.find((kind) => kind === next?.behaviour);
    if (!queue || !next || fault === undefined) return undefined;
    next.left -= 1;
    if (next.left <= 0) queue.shift();
    return fault;
  }
}

function drip(reply: FastifyReply): FastifyReply {
  reply.raw.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' });
  const timer = setInterval(() => reply.raw.write(' '), 50);
  reply.raw.once('close', () => clearInterval(timer));
  return reply;
}
