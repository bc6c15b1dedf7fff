import { distance } from 'fastest-levenshtein';
import type { Environment } from './environment';
import { SETTING_NAMES, SETTINGS } from './settings';

/** What is wrong in every environment beyond the shape of single settings; names settings, never values. */
export function settingFaults(environment: Environment): string[] {
  return [...misspelledNames(environment), ...concurrencyFaults(environment)];
}

/** Shorter names than this resemble too many foreign variables. */
const SHORTEST_NAME = 8;

function misspelledNames(environment: Environment): string[] {
  const known = new Set(SETTING_NAMES);
  return Object.keys(environment)
    .filter((name) => name.length >= SHORTEST_NAME && !known.has(name))
    .flatMap((name) => {
      const meant = SETTING_NAMES.find((setting) => distance(name, setting) <= (name.length < 12 ? 1 : 2));
      return meant === undefined ? [] : [`${name} is no setting: did you mean ${meant}?`];
    });
}

/** A job holds a connection of the queue in PostgreSQL while it runs, and the worker needs one more. */
function concurrencyFaults(environment: Environment): string[] {
  const { JOB_CONCURRENCY, QUEUE_CONNECTIONS } = SETTINGS.shape;
  const jobs = JOB_CONCURRENCY.safeParse(environment.JOB_CONCURRENCY);
  const connections = QUEUE_CONNECTIONS.safeParse(environment.QUEUE_CONNECTIONS);
  const inRedis = /^rediss?:/.test(environment.QUEUE_URL ?? '');
  return !inRedis && jobs.success && connections.success && jobs.data >= connections.data
    ? ['JOB_CONCURRENCY must be less than QUEUE_CONNECTIONS']
    : [];
}
