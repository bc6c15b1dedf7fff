import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import type { ImageContainer, ImageProcess } from '../../test/helpers/oci-image';
import type { OpenBalancer } from '../haproxy';

/** A container that runs one program of a release, on a port of its own. */
interface Task {
  port: number;
  release: string;
  process: ImageProcess;
}

export interface ServiceOptions {
  program: 'server' | 'worker';
  size: number;
  settings: Record<string, string>;
  /** The containers of each release, by its name. */
  releases: Map<string, ImageContainer>;
}

/** How long a task may take, in seconds: until it answers at all, and from then until it is ready. */
export interface Patience {
  answers: number;
  ready: number;
}

const LOOK_MS = 100;
/** As ECS does between SIGTERM and SIGKILL. */
const STOP_TIMEOUT_MS = 30_000;

/**
 * What ECS does with a service: as many tasks as are wanted, each on a port that was free, never one less while they are
 * replaced, and back to the release before when a new one does not become ready.
 */
export class Service {
  private tasks: Task[] = [];
  private balancer: Pick<OpenBalancer, 'register' | 'deregister'> | undefined;
  /** Tasks that did not exit with 0 after SIGTERM. */
  readonly badEnds: string[] = [];

  constructor(private readonly options: ServiceOptions) {}

  get ports(): number[] {
    return this.tasks.map(({ port }) => port);
  }

  /** The release of each task. */
  get running(): string[] {
    return this.tasks.map(({ release }) => release);
  }

  /** A balancer that knows the tasks there are; from now on it is told of those that come and go. */
  standBehind(balancer: Pick<OpenBalancer, 'register' | 'deregister'>): void {
    this.balancer = balancer;
  }

  /** The first start, before there is a balancer. Throws when a task is not ready in time. */
  async start(release: string, patience: Patience): Promise<void> {
    for (let n = 0; n < this.options.size; n += 1) {
      const [task, fault] = await this.startTask(release, patience);
      this.tasks.push(task);
      if (fault !== null) throw new Error(`${fault}:\n${task.process.output().slice(-2_000)}`);
    }
  }

  /** Replaces one task after another; resolves with why it went back to the release before, or with null. */
  async roll(release: string, patience: Patience): Promise<string | null> {
    const before = this.running;
    const fault = await this.replaceAll(() => release, patience);
    if (fault === null) return null;
    const second = await this.replaceAll((n) => before[n]!, patience);
    if (second !== null) throw new Error(`${fault}; and then of the release before: ${second}`);
    return fault;
  }

  /** The end of everything: there may be no balancer any more. */
  async stop(): Promise<void> {
    this.balancer = undefined;
    await Promise.all(this.tasks.splice(0).map((task) => this.stopTask(task)));
  }

  private async replaceAll(releaseOf: (n: number) => string, patience: Patience): Promise<string | null> {
    for (const [n, old] of [...this.tasks].entries()) {
      const release = releaseOf(n);
      if (old.release === release) continue;
      const [task, fault] = await this.startTask(release, patience);
      if (fault !== null) {
        await this.stopTask(task);
        return fault;
      }
      this.tasks[n] = task;
      await this.balancer?.register(task.port);
      await this.stopTask(old);
    }
    return null;
  }

  private async startTask(release: string, patience: Patience): Promise<[Task, string | null]> {
    const { program, settings, releases } = this.options;
    const port = await freePort();
    const process = releases
      .get(release)!
      .run(['node', '--max-old-space-size=256', `dist/bin/${program}.js`], {
        ...settings,
        [program === 'server' ? 'PORT' : 'WORKER_PORT']: String(port),
      });
    let giveUpAt = performance.now() + patience.answers * 1000;
    let answers = false;
    for (;;) {
      const task = { port, release, process };
      if (process.state() !== null) return [task, `a ${program} of ${release} ended with ${process.state()}`];
      const status = await statusOf(`http://127.0.0.1:${port}/health/ready`);
      // A worker tells that it could work before it takes its first job.
      if (status === 200 && (program === 'server' || process.output().includes('worker is ready')))
        return [task, null];
      if (status !== null && !answers) {
        answers = true;
        giveUpAt = performance.now() + patience.ready * 1000;
      }
      if (performance.now() > giveUpAt)
        return [task, `a ${program} of ${release} is not ready: ${status ?? 'it does not answer'}`];
      await delay(LOOK_MS);
    }
  }

  private async stopTask({ port, process, release }: Task): Promise<void> {
    const kill = setTimeout(() => void process.stop('SIGKILL'), STOP_TIMEOUT_MS);
    const code = await process.stop();
    clearTimeout(kill);
    if (code !== 0) this.badEnds.push(`a ${this.options.program} of ${release} ended with ${code}`);
    await this.balancer?.deregister(port);
  }
}

function statusOf(url: string): Promise<number | null> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    ({ status }) => status,
    () => null,
  );
}
