import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP connection to a server of this machine; errors of it are told by its end. */
export async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  socket.on('error', () => {});
  return socket;
}

/** Sends what is given, at the pace of the server, until that says something; returns what it says until it closes. */
export async function saidUntilClosed(url: string, parts: Iterable<string>): Promise<string> {
  const socket = await openSocket(url);
  let said = '';
  socket.setEncoding('latin1').on('data', (text: string) => (said += text));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const source = parts[Symbol.iterator]();
  const write = (): void => {
    for (;;) {
      const { value, done } = source.next();
      if (done || said !== '' || !socket.writable) return;
      if (!socket.write(value as string)) return void socket.once('drain', write);
    }
  };
  write();
  await closed;
  return said;
}

/** The status of each answer in what a server said. */
export function statusesIn(said: string): number[] {
  return [...said.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
