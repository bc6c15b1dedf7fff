import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '../src/dev/embedded-postgres/embedded-postgres';
import { waitUntil } from '../test/helpers/wait-until';
import { waitUntilServed } from './real-process';

export interface Balancer {
  url: string;
  stop(): Promise<void>;
}

/** A balancer whose gateways come and go on ports of their own, as those of ECS with dynamic host ports do. */
export interface OpenBalancer extends Balancer {
  /** Sends requests to a gateway that is ready. */
  register(port: number): Promise<void>;
  /** Of a gateway that has ended; until then its failing readiness keeps requests away. */
  deregister(port: number): Promise<void>;
}

const SLOTS = 8;

export const haproxyIsInstalled = () => spawnSync('haproxy', ['-v']).status === 0;

/** HAProxy on a free port in front of gateways on these ports, with its configuration in `folder`. */
export async function startHaproxy(folder: string, ports: readonly number[]): Promise<Balancer> {
  const servers = ports.map((each, n) => `  server gateway-${n} 127.0.0.1:${each}`);
  const balancer = await start(folder, servers);
  await untilServed(balancer);
  return balancer;
}

/** HAProxy in front of the gateways on these ports and of those that are registered later. */
export async function startOpenHaproxy(folder: string, ports: readonly number[]): Promise<OpenBalancer> {
  const balancer = await start(folder, [`  server-template gateway- ${SLOTS} 127.0.0.1:1 disabled`]);
  const socket = path.join(folder, 'haproxy.sock');
  const taken: (number | undefined)[] = Array.from({ length: SLOTS }, () => undefined);
  const tell = async (slot: number, what: string) => {
    const connection = connect(socket);
    connection.end(`set server gateways/gateway-${slot + 1} ${what}\n`);
    const answer = (await text(connection)).trim();
    // It says what it has changed about an address, and nothing about a state.
    if (answer && !/changed|no need/.test(answer)) throw new Error(`haproxy: ${answer}`);
  };
  const open: OpenBalancer = {
    ...balancer,
    async register(port) {
      const slot = taken.indexOf(undefined);
      if (slot < 0) throw new Error('more gateways than the balancer has places for');
      taken[slot] = port;
      await tell(slot, `addr 127.0.0.1 port ${port}`);
      await tell(slot, 'state ready');
    },
    async deregister(port) {
      const slot = taken.indexOf(port);
      if (slot < 0) return;
      taken[slot] = undefined;
      await tell(slot, 'state maint');
    },
  };
  try {
    await waitUntil('haproxy takes commands', () => existsSync(socket));
    for (const port of ports) await open.register(port);
  } catch (error) {
    await balancer.stop();
    throw error;
  }
  await untilServed(balancer);
  return open;
}

async function untilServed({ url, stop }: Balancer): Promise<void> {
  try {
    await waitUntilServed(`${url}/health/ready`);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(folder: string, servers: readonly string[]): Promise<Balancer> {
  const port = await freePort();
  const file = path.join(folder, 'haproxy.cfg');
  writeFileSync(file, configurationOf(folder, port, servers));
  // -db: in the foreground, so that it is ours to stop.
  const child = spawn('haproxy', ['-db', '-q', '-f', file], { stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

/**
 * What the README advises: readiness asked often enough that it is noticed within DRAIN_SECONDS. A request is sent
 * again only when no connection came about, for a mutation must not run twice.
 */
function configurationOf(folder: string, port: number, servers: readonly string[]): string {
  return `
global
  maxconn 2000
  stats socket ${folder}/haproxy.sock level admin
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
