import { Secret as ContainerSecret } from 'aws-cdk-lib/aws-ecs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { OPTIONAL_SECRETS, type EnvironmentSettings } from './settings.schema';
import { DRAIN_SECONDS } from './timings';

type Process = 'gateway' | 'worker';
/** Every process refuses to start without them. */
const NEEDED = ['JWT_PRIVATE_KEYS', 'KAKAO_REST_API_KEY', 'KAKAO_CLIENT_SECRET', 'KAKAO_ADMIN_KEY'];

/** The settings of a process that are no secrets; docs/operations.md says what each one means. */
export function environmentOf(
  process: Process,
  { domain, application }: EnvironmentSettings,
  trustedProxies: string[],
): Record<string, string> {
  return {
    NODE_ENV: 'production',
    PUBLIC_URL: `https://${domain}`,
    TRUSTED_PROXIES: trustedProxies.join(','),
    DRAIN_SECONDS: String(DRAIN_SECONDS),
    ...application.both,
    ...(process === 'worker' && application.worker),
  };
}

/** The settings of a process that are secrets: a gateway has none of the keys that only workers use. */
export function secretsOf(
  process: Process,
  { application }: EnvironmentSettings,
  from: Record<'databaseUrl' | 'queueUrl' | 'application' | 'worker', ISecret>,
): Record<string, ContainerSecret> {
  const filledIn = (names: readonly string[]) =>
    names.filter((name) => (application.secrets as string[]).includes(name));
  const fields = (secret: ISecret, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, ContainerSecret.fromSecretsManager(secret, name)]));
  return {
    DATABASE_URL: ContainerSecret.fromSecretsManager(from.databaseUrl),
    QUEUE_URL: ContainerSecret.fromSecretsManager(from.queueUrl),
    ...fields(from.application, [...NEEDED, ...filledIn(OPTIONAL_SECRETS.both)]),
    ...(process === 'worker' && fields(from.worker, filledIn(OPTIONAL_SECRETS.worker))),
  };
}
