import { connect } from 'node:net';

/** By then the gateway has read what it reads. */
const GIVE_UP_MS = 2_000;

/** The address of an attacker, as the proxy that the gateway trusts tells it; each of its own, as it may use up its limit. */
const from = (n: number) => `x-forwarded-for: 203.0.113.${n}\r\n`;
const jsonPost = (n: number) =>
  `POST /graphql HTTP/1.1\r\nhost: x\r\n${from(n)}content-type: application/json\r\n`;
const QUERY = '{"query":"{ __typename }"}';
const SMALL_POST = `${jsonPost(5)}content-length: ${QUERY.length}\r\n\r\n${QUERY}`;
const IN_TINY_CHUNKS = `transfer-encoding: chunked\r\n\r\n${'1\r\n \r\n'.repeat(1_000_000)}0\r\n\r\n`;
const KEYS = Array.from({ length: 100_000 }, (_, n) => `k${n}=`).join('&');

/** What no client sends over a connection. */
export const SOCKET_ATTACKS: Record<string, string> = {
  'a query of 1 MB in chunks of one byte': jsonPost(1) + IN_TINY_CHUNKS,
  'a page asked for with such a body': `GET /health/live HTTP/1.1\r\nhost: x\r\n${from(2)}${IN_TINY_CHUNKS}`,
  'a form of 100,000 keys for the webhook':
    `POST /webhooks/kakao/unlink HTTP/1.1\r\nhost: x\r\n${from(3)}content-type: application/x-www-form-urlencoded\r\n` +
    `content-length: ${KEYS.length}\r\n\r\n${KEYS}`,
  '1,000 readiness checks ahead': `GET /health/ready HTTP/1.1\r\nhost: x\r\n${from(4)}\r\n`.repeat(1_000),
  '1,000 queries over the limit ahead': SMALL_POST.repeat(1_000),
};

/** Resolves when the gateway closes the connection, or this side gives up. */
export function sendAndWait(url: string, bytes: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const giveUp = setTimeout(() => socket.destroy(), GIVE_UP_MS);
  socket.on('error', () => {});
  socket.resume().write(bytes);
  return new Promise((resolve) =>
    socket.once('close', () => {
      clearTimeout(giveUp);
      resolve();
    }),
  );
}
