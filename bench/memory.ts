import path from 'node:path';
import { Pool } from 'undici';
import { startBenchDatabase } from './database';
import { report, round } from './report';
import { OTHER_CORES, pin, startServer } from './server-process';

const REQUESTS = 40_000;
const AT_ONCE = 16;
/** What docs/operations.md says a gateway is to run with. */
const HEAP = '--max-old-space-size=256';
/** Such as a client sends that has a mind to fill caches. */
const LONG_TEXT = '가나다라'.repeat(200);

const FIELDS = ['id title', 'title comment', 'id category viewCount', 'id content', 'id publisher { name }'];

/** No two of them alike: documents, words, readers, addresses, headers. */
function varied(n: number): { headers: Record<string, string>; body: string } {
  const fields = FIELDS[n % FIELDS.length]!;
  const query = [
    `query Q${n} { articles(first: ${1 + (n % 20)}) { edges { node { a${n}: id ${fields} } } } }`,
    `{ findTerm(question: "${n} 금리가 뭐야 ${LONG_TEXT.slice(0, n % 400)}") { term } }`,
    `query ($n: Int = ${1 + (n % 50)}) { articles(first: $n, filter: { search: "금리 ${n}" }) { edges { node { id } } } }`,
    `{ unknown${n} }`,
    `{ faqs { b${n}: question } publishers { id name } }`,
    `mutation { beginKakaoLogin(redirectUri: "https://a.example/${n}") { url } }`,
  ][n % 6]!;
  const address = `198.${18 + (n % 2)}.${(n >> 8) % 256}.${n % 256}`;
  return {
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': address,
      'x-request-id': `request-${n}`,
      'viewer-id': `${n}.${LONG_TEXT.length}`,
      ...(n % 3 === 0 && { authorization: `Bearer ${n}.${'x'.repeat(2_000)}` }),
    },
    body: JSON.stringify({ query }),
  };
}

/** How much memory a gateway holds after many requests of which no two are alike. */
export async function benchMemory(): Promise<boolean> {
  const database = await startBenchDatabase();
  const settings = { ...database.settings, trustedProxies: '127.0.0.1' };
  const server = await startServer('gateway', settings, path.join(database.folder, 'servers.log'), [HEAP]);
  const pool = new Pool(server.url, { connections: AT_ONCE, pipelining: 1 });
  try {
    pin(database.pid, OTHER_CORES);
    pin(process.pid, OTHER_CORES);
    const { memory: before } = await server.usage();
    const statuses = new Map<number, number>();
    let sent = 0;
    const client = async () => {
      while (sent < REQUESTS) {
        const response = await pool.request({ path: '/graphql', method: 'POST', ...varied(sent++) });
        await response.body.dump();
        statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    const { memory } = await server.usage();
    return report(
      `A gateway with ${HEAP} after ${REQUESTS} requests of which no two are alike`,
      [
        `answered: ${[...statuses].map(([status, count]) => `${count} with ${status}`).join(', ')}`,
        `before: ${round(before.resident)} MB resident, ${round(before.heap)} MB of JavaScript`,
        `JavaScript: ${round(memory.heap)} MB`,
      ],
      [{ name: 'resident', value: memory.resident, atMost: 300, unit: ' MB' }],
    );
  } finally {
    await pool.destroy();
    await server.stop();
    await database.close();
  }
}
