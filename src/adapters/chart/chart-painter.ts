import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { TryLater } from '../../errors';
import { withinDeadline } from '../http/deadline';
import { loaderOf } from '../threads/thread';
import type { Painting, PaintingAnswer } from './answer-paintings';
import type { VegaLiteSpec } from './vega-lite';

const THREAD = path.join(__dirname, 'chart.thread.mjs');
/** Of a picture; drawing takes 0.2 s, the first one in a thread some 2 s. */
const TIMEOUT_MS = 60_000;
/** A thread that nobody needs any more gives its 200 MB back. */
const IDLE_MS = 60_000;
const MAX_WAITING = 50;
/** Twice what we put into a chart. */
const MAX_ROWS = 2_000;
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** Draws charts one after the other, in a thread of its own: a hostile one can neither stop nor fill this process. */
export class ChartPainter {
  private readonly turn = pLimit(1);
  private thread: Worker | null = null;
  private isClosed = false;
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly options: { timeoutMs?: number } = {}) {}

  /**
   * The chart for pages and for previews of links. Throws for what is no chart of ours or takes too long, TryLater when
   * too many wait, and the signal's reason.
   */
  async paint(spec: VegaLiteSpec, signal?: AbortSignal): Promise<Painting> {
    if (spec.data.values.length > MAX_ROWS) throw new Error('a chart of too many values');
    const ahead = this.turn.pendingCount + this.turn.activeCount;
    if (ahead > MAX_WAITING) throw new TryLater(TIMEOUT_MS);
    const deadline = {
      timeoutMs: (this.options.timeoutMs ?? TIMEOUT_MS) * (ahead + 1),
      late: () => new Error('the chart took too long'),
      signal,
    };
    return withinDeadline(deadline, (ended) =>
      this.turn(async () => {
        ended.throwIfAborted();
        if (this.isClosed) throw new Error('the painter is closed');
        return this.ask(spec, ended);
      }),
    );
  }

  /** Charts that still wait are not painted. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.endThread();
  }

  private async endThread(): Promise<void> {
    clearTimeout(this.idle);
    const { thread } = this;
    this.thread = null;
    await thread?.terminate();
  }

  private async ask(spec: VegaLiteSpec, ended: AbortSignal): Promise<Painting> {
    const answer = await this.answerOf(spec, ended);
    if ('message' in answer) throw new Error(`a chart could not be drawn: ${answer.message}`);
    const { svg, png } = answer.painting;
    return { svg, png: Buffer.from(png) };
  }

  /** A thread that ended, or was left in the middle of a chart, is replaced by the next call. */
  private async answerOf(spec: VegaLiteSpec, ended: AbortSignal): Promise<PaintingAnswer> {
    clearTimeout(this.idle);
    const thread = (this.thread ??= this.start());
    thread.ref();
    try {
      thread.postMessage(spec);
      // Rejects with the thread's error, too.
      const [answer] = (await once(thread, 'message', { signal: ended })) as [PaintingAnswer];
      return answer;
    } catch (error) {
      await this.endThread();
      throw error;
    } finally {
      thread.unref();
      if (this.thread) this.idle = setTimeout(() => void this.endThread(), IDLE_MS).unref();
    }
  }

  private start(): Worker {
    const thread = new Worker(THREAD, { resourceLimits: LIMITS, env: {}, ...loaderOf(__filename) });
    // Without a listener an error between two charts would end the process.
    thread.on('error', () => {
      if (this.thread === thread) this.thread = null;
    });
    // For who waits for an answer.
    thread.on('exit', () => thread.emit('error', new Error('the thread of charts has ended')));
    return thread;
  }
}
