import documents from '../../examples/web/persisted-documents.json';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { pollUntil, type Polling } from './polling';

export interface SmokeOptions extends Polling {
  say: (line: string) => void;
  /** How long each check may fail before all of it has. */
  patienceSeconds: number;
}

const REQUEST_TIMEOUT_MS = 10_000;

/** A check of a public address: throws what is wrong. */
type Check = (url: string) => Promise<void>;

/** What readers need, asked as they ask it: also a gateway that only answers the web client's documents answers these. */
const CHECKS: Record<string, Check> = {
  'it is alive and ready': async (url) => {
    for (const path of ['/health/live', '/health/ready']) {
      const { status } = await ask(url + path);
      expect(status === 200, `${path} answers ${status}`);
    }
  },
  'plain http leads to https': async (url) => {
    if (!url.startsWith('https:')) return;
    const { status, headers } = await ask(url.replace(/^https:/, 'http:'), { redirect: 'manual' });
    const location = headers.get('location') ?? '';
    expect([301, 302, 307, 308].includes(status) && location.startsWith('https:'), `it answers ${status}`);
  },
  'the home page has its articles': async (url) => {
    const hash = Object.entries(documents).find(([, text]) => / query Home\(|^query Home\(/.test(text))![0];
    const query = new URLSearchParams({
      variables: JSON.stringify({ first: 1 }),
      extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } }),
    });
    const response = await ask(`${url}/graphql?${query}`, {
      headers: { 'apollo-require-preflight': 'true' },
    });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
    expect(data && !errors, `it answers ${response.status} ${JSON.stringify(errors)}`);
  },
  'its schema is not told to strangers': async (url) => {
    const response = await ask(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __schema { types { name } } }' }),
    });
    const { data } = (await response.json()) as { data?: unknown };
    expect(!data, 'introspection is answered');
  },
  'its metrics are not told to strangers': async (url) => {
    const { status } = await ask(`${url}/metrics`);
    expect(status === 401 || status === 403 || status === 404, `/metrics answers ${status}`);
  },
  'it tells the keys of its tokens': async (url) => {
    const { keys } = (await (await ask(`${url}/.well-known/jwks.json`)).json()) as { keys?: object[] };
    expect(keys?.length && keys.every((key) => !('d' in key)), 'no public keys, or more than those');
  },
  'a socket is opened': async (url) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
      handshakeTimeout: REQUEST_TIMEOUT_MS,
    });
    try {
      const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
      await once(socket, 'open', { signal });
      socket.send('{"type":"connection_init"}');
      const [message] = (await once(socket, 'message', { signal })) as [Buffer];
      expect(message.toString().includes('connection_ack'), `it says ${message.toString().slice(0, 200)}`);
    } finally {
      socket.on('error', () => {});
      socket.terminate();
    }
  },
};

/** Looks at a gateway through its public address. Throws the first thing that stays wrong. */
export async function smokeTest(
  publicUrl: string,
  { say, patienceSeconds, ...polling }: SmokeOptions,
): Promise<void> {
  const url = publicUrl.replace(/\/$/, '');
  for (const [what, check] of Object.entries(CHECKS)) {
    let fault: unknown;
    // An address that moves, or a balancer that is still noticing, is no fault of the release.
    await pollUntil(polling, what, patienceSeconds, () =>
      check(url).then(
        () => true,
        (error: unknown) => ((fault = error), false),
      ),
    ).catch((error: unknown) => {
      throw new Error(
        `${url}: not so that ${what}: ${String((fault as Error | undefined)?.message ?? error)}`,
        {
          cause: error,
        },
      );
    });
    say(`ok  ${what}`);
  }
}

function ask(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
}

function expect(truth: unknown, otherwise: string): void {
  if (!truth) throw new Error(otherwise);
}
