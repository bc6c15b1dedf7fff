import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import path from 'node:path';
import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import { waitUntil } from '../helpers/wait-until';

const ROOT = path.resolve(__dirname, '../..');

/** `npm run web` in a terminal of its own. */
function run(webPort: string, gatewayUrl: string) {
  const child = spawn('npm', ['run', 'web'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, WEB_PORT: webPort, GATEWAY_URL: gatewayUrl },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { child, output: () => output, ended: once(child, 'close') as Promise<[number | null]> };
}

const isServed = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

describe('npm run web', () => {
  const started: ChildProcess[] = [];
  let other: Server | undefined;
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGTERM');
    other?.close();
  });

  it('serves, says that no gateway answers, and ends with npm even when that is killed', async () => {
    const port = String(await freePort());
    const gatewayUrl = `http://localhost:${await freePort()}`;
    const { child, output } = run(port, gatewayUrl);
    started.push(child);
    await waitUntil('it is ready', () => output().includes('Ready in'));
    await waitUntil('it says so', () => output().includes(`No gateway answers at ${gatewayUrl} yet`));
    expect(output()).toContain(`The web client: http://localhost:${port} (`);
    for (const host of ['localhost', '127.0.0.1'])
      expect((await fetch(`http://${host}:${port}/login`)).status).toBe(200);
    child.kill('SIGKILL');
    await waitUntil('it is gone', async () => !(await isServed(`http://127.0.0.1:${port}/robots.txt`)));
  });

  it('says so when its port is taken', async () => {
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    for (const [webPort, code] of [
      [String(port), 'EADDRINUSE'],
      ['none', 'ERR_SOCKET_BAD_PORT'],
    ] as const) {
      const { output, ended } = run(webPort, 'http://localhost:1');
      expect((await ended)[0]).toBe(1);
      expect(output()).toContain(`Port ${webPort} cannot be used (${code}). WEB_PORT=3001 npm run web takes`);
    }
  });
});
