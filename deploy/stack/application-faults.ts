import { SETTINGS } from '../../src/config/settings';

/** What the stack itself says to the processes. */
const OF_THE_STACK = [
  'NODE_ENV',
  'HOST',
  'PORT',
  'WORKER_PORT',
  'PUBLIC_URL',
  'TRUSTED_PROXIES',
  'DRAIN_SECONDS',
];
/** Beside those that settings.schema.ts lists. */
const SECRETS = [
  'DATABASE_URL', 'DIRECT_DATABASE_URL', 'QUEUE_URL', 'JWT_PRIVATE_KEYS', 'JWT_PRIVATE_KEYS_FILE', 'KAKAO_REST_API_KEY',
  'KAKAO_CLIENT_SECRET', 'KAKAO_ADMIN_KEY',
]; // prettier-ignore

/** What is wrong with settings of a process, by their names: as the process itself would find, but before a deployment. */
export function applicationFaults(
  given: Record<string, string>,
  optionalSecrets: readonly string[],
): [name: string, fault: string][] {
  return Object.entries(given).flatMap(([name, value]): [string, string][] => {
    if (OF_THE_STACK.includes(name)) return [[name, 'is set by the stack']];
    if (SECRETS.includes(name) || optionalSecrets.includes(name))
      return [[name, 'is a secret: it belongs into Secrets Manager']];
    if (!(name in SETTINGS.shape)) return [[name, 'is no setting of docs/operations.md']];
    const { error } = SETTINGS.shape[name as keyof typeof SETTINGS.shape].safeParse(value);
    return (error?.issues ?? []).map(({ message }) => [name, message]);
  });
}
