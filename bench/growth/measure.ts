import type { ServerProcess } from '../server-process';
import { Load } from '../load';
import { median } from '../rounds';
import { backendTimes, timeBetween } from './postgres-time';
import { MUTATION, type Row } from './rows';

/** A gateway over a database of so many articles. */
export interface Grown {
  articles: number;
  /** Of the database. */
  name: string;
  server: ServerProcess;
  /** Of an admin. */
  token: string;
}

/** PostgreSQL keeps to a plan from the sixth time on. */
const WARM_UP = 7;
const ROUNDS = 7;
/** Of one round, of what takes so long that fewer are enough. */
const REQUESTS = 3;
const SLOW_US = 20_000;

/** Microseconds of PostgreSQL for an answer, the median of some rounds, and the slowest; what fails takes forever. */
export async function postgresTimes(postgresPid: number, { articles, name, server, token }: Grown, row: Row) {
  const load = new Load(server.url);
  let run = 0;
  const ask = async () => {
    run++;
    const field = row.ask(articles, run);
    // Another name each time, so that no answer is kept.
    const query = `${MUTATION.test(field) ? 'mutation' : 'query'} { asked${run}: ${field} }`;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await load.send({ path: '/graphql', headers, body: JSON.stringify({ query }) });
    const { errors } = JSON.parse(answer) as { errors?: { message: string }[] };
    if (errors) throw new Error(errors[0]!.message);
  };
  try {
    const before = await server.usage();
    for (let n = 0; n < WARM_UP; n++) await ask();
    if ((await server.usage()).statements === before.statements) return { us: 0, worst: 0, fault: null };
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const requests = times.length > 0 && times[0]! > SLOW_US ? 1 : REQUESTS;
      const start = backendTimes(postgresPid, name);
      for (let n = 0; n < requests; n++) await ask();
      times.push(timeBetween(start, backendTimes(postgresPid, name)) / requests);
    }
    return { us: median(times), worst: Math.max(...times), fault: null };
  } catch (error) {
    return { us: Infinity, worst: Infinity, fault: (error as Error).message };
  } finally {
    await load.close();
  }
}
