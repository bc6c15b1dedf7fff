import { Pool } from 'undici';
import type { Request } from './load';
import { steadily } from './steadily';

export interface Answers {
  /** Milliseconds of each, failed or not. */
  times: number[];
  failures: string[];
}

export interface SteadyReaders {
  /** What came since the last time. */
  take(): Answers;
  /** Stops and waits for what is under way; the rest. */
  end(): Promise<Answers>;
}

const CONNECTIONS = 128;

/** Requests for a list of articles at even distances, whether or not the ones before are answered. */
export function startSteadyReaders(
  url: string,
  perSecond: number,
  { path, headers, body }: Request,
): SteadyReaders {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
  let answers: Answers = { times: [], failures: [] };
  const ask = async () => {
    const startedAt = performance.now();
    try {
      const response = await pool.request({ path, method: 'POST', headers, body });
      const text = await response.body.text();
      if (response.statusCode !== 200 || !text.startsWith('{"data":{"articles":{"edges":[{'))
        answers.failures.push(`${response.statusCode} ${text.slice(0, 200)}`);
    } catch (error) {
      answers.failures.push(String(error));
    }
    answers.times.push(performance.now() - startedAt);
  };
  const stop = steadily(perSecond, ask);
  const take = () => {
    const taken = answers;
    answers = { times: [], failures: [] };
    return taken;
  };
  return {
    take,
    async end() {
      await stop();
      await pool.destroy();
      return take();
    },
  };
}
