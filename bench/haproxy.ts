import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../src/dev/embedded-postgres/embedded-postgres';
import { waitUntilServed } from './real-process';

export interface Balancer {
  url: string;
  stop(): Promise<void>;
}

export const haproxyIsInstalled = () => spawnSync('haproxy', ['-v']).status === 0;

/** HAProxy on a free port in front of gateways on these ports, with its configuration in `folder`. */
export async function startHaproxy(folder: string, ports: readonly number[]): Promise<Balancer> {
  const port = await freePort();
  const file = path.join(folder, 'haproxy.cfg');
  writeFileSync(file, configurationOf(port, ports));
  // -db: in the foreground, so that it is ours to stop.
  const child = spawn('haproxy', ['-db', '-q', '-f', file], { stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitUntilServed(`${url}/health/ready`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

/**
 * What the README advises: readiness asked often enough that it is noticed within DRAIN_SECONDS. A request is sent
 * again only when no connection came about, for a mutation must not run twice.
 */
function configurationOf(port: number, ports: readonly number[]): string {
  const servers = ports.map((each, n) => `  server gateway-${n} 127.0.0.1:${each}`);
  return `
global
  maxconn 2000
defaults
  mode http
  timeout connect 2s
  timeout check 5s
  timeout client 75s
  timeout server 30s
  option forwardfor
  option redispatch
  retries 3
  retry-on conn-failure
frontend readers
  bind 127.0.0.1:${port}
  default_backend gateways
backend gateways
  balance roundrobin
  option httpchk GET /health/ready
  default-server check inter 250ms fall 2 rise 1
${servers.join('\n')}
`;
}
