import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

export const GRAPHQL_PATH = '/graphql';
export const STREAM_PATH = '/graphql/stream';

/** Whether a request is for this path, a slash at its end or not. */
export function isPath({ url }: IncomingMessage, path: string): boolean {
  const end = url!.indexOf('?');
  const asked = end < 0 ? url! : url!.slice(0, end);
  return asked === path || asked === `${path}/`;
}

/** Whether a request asks for a WebSocket of ours. */
export function asksForSocket(request: IncomingMessage): boolean {
  return request.headers.upgrade?.toLowerCase() === 'websocket' && isPath(request, GRAPHQL_PATH);
}

/**
 * Answers a request to speak another protocol as if it had not asked, as RFC 9110 allows (7.8) and Node does where nobody
 * listens for upgrades: it is given back to the server, which reads it anew.
 */
export function answerWithoutUpgrade(
  server: Server,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]!.toLowerCase() !== 'connection')
      lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
