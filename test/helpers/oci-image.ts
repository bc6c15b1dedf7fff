import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { innermost } from './child-process';

const SCRIPT = path.resolve(__dirname, '../../scripts/oci-image.sh');
const ENVIRONMENT = {
  ...process.env,
  STORAGE_DRIVER: process.env.STORAGE_DRIVER ?? 'overlay',
  BUILDAH_ISOLATION: 'chroot',
};

/** A program of an image, run as the image's user; the network is this machine's. */
export interface ImageProcess {
  /** Everything it has printed. */
  output(): string;
  /** Its exit code, or the signal that ended it; null while it runs. */
  state(): number | NodeJS.Signals | null;
  ended: Promise<number | NodeJS.Signals>;
  /** Resolves as `ended` does. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

/** What programs of an image are run in. */
export interface ImageContainer {
  /** The folder that is `/` in it. */
  root: string;
  run(args: readonly string[], settings?: Record<string, string>): ImageProcess;
  /** What a command that ends by itself said, with its exit code. */
  outcome(args: readonly string[], settings?: Record<string, string>): Promise<[number, string]>;
  remove(): void;
}

/** Why no image can be built on this machine; null when one can. */
export function imageToolsFault(): string | null {
  if (process.getuid?.() !== 0) return 'this is not root';
  const missing = ['buildah', 'crun'].filter((tool) => spawnSync(tool, ['--version']).status !== 0);
  if (missing.length > 0) return `${missing.join(' and ')} missing`;
  if (spawnSync('buildah', ['info'], { env: ENVIRONMENT }).status !== 0) return 'buildah has no storage here';
  return null;
}

/** Builds the Dockerfile of a checkout; returns the name of the base image. */
export function buildImage(image: string, checkout: string): string {
  return command(SCRIPT, image, checkout).split('\n').at(-1)!;
}

/** Makes `image` of `base` and some more files, by their absolute paths. */
export function addLayer(base: string, image: string, files: Record<string, string>): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-layer-'));
  const container = buildah('from', '--pull-never', base);
  try {
    for (const [file, text] of Object.entries(files)) {
      const copy = path.join(folder, file);
      mkdirSync(path.dirname(copy), { recursive: true });
      writeFileSync(copy, text);
      buildah('copy', container, copy, file);
    }
    buildah('commit', '-q', '--format', 'docker', container, image);
  } finally {
    buildah('rm', container);
    rmSync(folder, { recursive: true, force: true });
  }
}

export function openContainer(image: string): ImageContainer {
  const container = buildah('from', '--pull-never', image);
  const opened: ImageContainer = {
    root: buildah('mount', container),
    run(args, settings = {}) {
      const environment = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
      const child = spawn('buildah', ['run', ...environment, container, '--', ...args], {
        env: ENVIRONMENT,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (output += text));
      const ended = new Promise<number | NodeJS.Signals>((resolve) =>
        child.once('close', (code, signal) => resolve(code ?? signal!)),
      );
      const state = () => child.exitCode ?? child.signalCode;
      return {
        output: () => output,
        state,
        ended,
        stop: (signal = 'SIGTERM') => {
          // A signal to buildah itself ends it with SIGKILL.
          if (state() === null) process.kill(innermost(child.pid!), signal);
          return ended;
        },
      };
    },
    async outcome(args, settings) {
      const started = opened.run(args, settings);
      return [(await started.ended) as number, started.output()];
    },
    remove: () => void buildah('rm', container),
  };
  return opened;
}

export function buildah(...args: string[]): string {
  return command('buildah', ...args);
}

export function command(file: string, ...args: string[]): string {
  return execFileSync(file, args, { env: ENVIRONMENT, encoding: 'utf8', maxBuffer: 2 ** 26 }).trim();
}
