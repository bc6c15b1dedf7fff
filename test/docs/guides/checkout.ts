import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { innermost } from '../../helpers/child-process';
import { systemPostgresPath } from '../../helpers/system-postgres';
import { waitUntil } from '../../helpers/wait-until';

const ROOT = path.resolve(__dirname, '../../..');
const NEEDED = ['package.json', '.swcrc', 'prisma.config.ts', 'prisma', 'scripts', 'src', 'bench'];
const READY_TIMEOUT_MS = 120_000;

/** `npm ci` is done already, by whoever runs the tests (.ci/run); everything else is npm's own. */
const NPM = `#!/bin/sh
[ "$1" = ci ] || exec ${execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim()} "$@"
`;

/** `docker run` for machines without an engine: it reads --env-file as Docker does, and the image is a folder. */
const DOCKER = `#!/bin/bash
set -e
[ "$1" = run ]; shift
settings=()
while :; do case $1 in
  --rm) shift ;;
  -p) shift 2 ;;
  --env-file)
    while IFS= read -r line || [ -n "$line" ]; do [[ $line = '' || $line = '#'* ]] || settings+=("$line"); done <"$2"
    shift 2 ;;
  *) break ;;
esac; done
[ "$1" = gyeongdan ]; shift
[ $# -gt 0 ] || set -- node dist/bin/server.js
cd "$IMAGE"
exec env -i PATH="$PATH" HOME="$HOME" NODE_ENV=production "\${settings[@]}" "$@"
`;

/** A process that stays until it is told to end. */
export interface Running {
  output(): string;
  /** As Ctrl-C does, to all it started. */
  interrupt(): Promise<void>;
}

/** A copy of the repository in which commands may build and write, with the environment of a terminal. */
export class Checkout {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-checkout-'));
  readonly path = path.join(this.#folder, 'checkout');
  readonly #running = new Set<number>();
  readonly #environment: Record<string, string>;

  constructor() {
    // PostgreSQL's own user must get through.
    chmodSync(this.#folder, 0o755);
    mkdirSync(this.path);
    for (const name of NEEDED) cpSync(path.join(ROOT, name), path.join(this.path, name), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(this.path, 'node_modules'));
    const image = path.join(this.#folder, 'image');
    mkdirSync(image);
    for (const name of ['package.json', 'dist', 'prisma', 'scripts', 'node_modules'])
      symlinkSync(path.join(this.path, name), path.join(image, name));
    const bin = path.join(this.#folder, 'bin');
    mkdirSync(bin);
    writeFileSync(path.join(bin, 'npm'), NPM, { mode: 0o755 });
    writeFileSync(path.join(bin, 'docker'), DOCKER, { mode: 0o755 });
    this.#environment = {
      PATH: [bin, systemPostgresPath(), process.env.PATH].filter(Boolean).join(path.delimiter),
      HOME: this.#folder,
      IMAGE: image,
      npm_config_update_notifier: 'false',
    };
  }

  #spawn(text: string, environment: Record<string, string>) {
    const child = spawn('sh', ['-e', '-c', text], {
      cwd: this.path,
      env: { ...this.#environment, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, as in a terminal.
      detached: true,
    });
    const { pid } = child;
    this.#running.add(pid!);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (more: string) => (output += more));
    const ended = new Promise<number | NodeJS.Signals>((resolve) =>
      child.once('close', (code, signal) => {
        this.#running.delete(pid!);
        resolve(code ?? signal!);
      }),
    );
    return { pid: pid!, output: () => output, ended, isRunning: () => this.#running.has(pid!) };
  }

  /**
   * Runs a command as it stands and waits for its end; programs that stay get SIGTERM once they are ready. Gives what it
   * said. Throws when it ends with another code.
   */
  async run(text: string, environment: Record<string, string> = {}, code = 0): Promise<string> {
    const command = this.#spawn(text, environment);
    const readyOnes = () => command.output().match(/"msg":"(gateway|worker) is ready"/g)?.length ?? 0;
    let told = 0;
    await waitUntil(
      `${text} has ended: ${command.output()}`,
      () => {
        if (readyOnes() > told) {
          told += 1;
          process.kill(innermost(command.pid), 'SIGTERM');
        }
        return !command.isRunning();
      },
      READY_TIMEOUT_MS,
    ).catch((error: unknown) => {
      throw new Error(`${text} goes on: ${command.output()}`, { cause: error });
    });
    const ended = await command.ended;
    if (ended !== code) throw new Error(`${text} ended with ${ended}: ${command.output()}`);
    return command.output();
  }

  /** Runs a command that stays, and waits until it has said `sign`. */
  async start(text: string, sign: string, environment: Record<string, string>): Promise<Running> {
    const command = this.#spawn(text, environment);
    await waitUntil(
      'it is ready',
      () => {
        if (!command.isRunning()) throw new Error(`${text} ended: ${command.output()}`);
        return command.output().includes(sign);
      },
      READY_TIMEOUT_MS,
    ).catch((error: unknown) => {
      throw new Error(`${text} said no more than: ${command.output()}`, { cause: error });
    });
    return {
      output: command.output,
      async interrupt() {
        process.kill(-command.pid, 'SIGINT');
        await command.ended;
      },
    };
  }

  async remove(): Promise<void> {
    for (const pid of this.#running) process.kill(-pid, 'SIGTERM');
    await waitUntil('all has ended', () => this.#running.size === 0, READY_TIMEOUT_MS);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
