import { Pool } from 'undici';

export interface Request {
  path: string;
  headers: Record<string, string>;
  /** What is posted; null: it is a GET. */
  body: string | null;
  /** Of the answer, 200 by default. */
  status?: number;
}

/** A request and the answer that it has to get. */
export interface Asked {
  request: Request;
  expected: string;
}

export const CONNECTIONS = 16;
const TIMEOUT_MS = 30_000;

/** Keep-alive connections to one server of this machine. */
export class Load {
  private readonly pool: Pool;

  constructor(url: string) {
    if (new URL(url).hostname !== '127.0.0.1' && new URL(url).hostname !== 'localhost')
      throw new Error(`load is for this machine only, not for ${url}`);
    this.pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1, bodyTimeout: TIMEOUT_MS });
  }

  async send({ path, headers, body, status = 200 }: Request): Promise<string> {
    const method = body === null ? 'GET' : 'POST';
    const response = await this.pool.request({ path, method, headers, body });
    const text = await response.body.text();
    if (response.statusCode !== status) throw new Error(`${response.statusCode}: ${text.slice(0, 500)}`);
    return text;
  }

  /** Sends `count` requests, always 16 at a time; throws when an answer is not `expected`. */
  run(request: Request, count: number, expected: string): Promise<void> {
    return this.runAll([{ request, expected }], count);
  }

  /** The same of several in turn, `atOnce` at a time. */
  async runAll(asked: readonly Asked[], count: number, atOnce = CONNECTIONS): Promise<void> {
    let left = count;
    const worker = async () => {
      while (left-- > 0) {
        const { request, expected } = asked[left % asked.length]!;
        const answer = await this.send(request);
        if (answer !== expected)
          throw new Error(`an answer differs from the first one: ${answer.slice(0, 500)}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
