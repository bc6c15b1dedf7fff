import { z } from 'zod';
import { applicationFaults } from './application-faults';

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const whole = (min: number, max: number) => {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z.number(rule).int(rule).min(min, rule).max(max, rule);
};
const like = (pattern: RegExp, rule: string) => z.string(rule).regex(pattern, rule);
const domain = like(DOMAIN, 'must be a domain name in lower case');
const instanceType = like(/^[a-z]\w+\.\w+$/, 'must be an instance type, such as t3.medium');
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731];

/** What may be put into the containers as a secret beside what every process needs. */
export const OPTIONAL_SECRETS = {
  both: ['METRICS_TOKEN', 'SMTP_URL', 'PUBLIC_DATA_SERVICE_KEY'],
  worker: ['OPENAI_API_KEY', 'FALLBACK_OPENAI_API_KEY', 'GOOGLE_SEARCH_API_KEY', 'NAVER_CLIENT_SECRET'],
} as const;
const SECRET_NAMES = [...OPTIONAL_SECRETS.both, ...OPTIONAL_SECRETS.worker];
const secret = z.enum(SECRET_NAMES, {
  error: `must be one of ${SECRET_NAMES.join(', ')}`,
});

const processes = z
  .strictObject({
    /** At least so many run, and at most. */
    min: whole(1, 100),
    max: whole(1, 100),
    /** Of 1,024 for a core; what a task is placed by. */
    cpu: whole(128, 16_384),
    /** A task that needs more is ended. */
    memoryMib: whole(256, 65_536),
  })
  .refine(({ min, max }) => min <= max, { path: ['max'], error: 'must not be less than min' });

/** Of one environment. */
export const environmentSchema = z
  .strictObject({
    /** Number of the AWS account: a deployment into another one is refused. */
    account: like(/^\d{12}$/, 'must be the 12 digits of an AWS account'),
    // rds-ca.pem has the authorities of this region only.
    region: z.literal('ap-northeast-2', 'must be ap-northeast-2'),
    /** Where browsers reach the gateway, by https. */
    domain,
    /** The zone of Route 53 that the domain is in. */
    hostedZone: z.strictObject({ id: like(/^Z[A-Z0-9]+$/, 'must be the id of a hosted zone'), name: domain }),
    network: z.strictObject({
      cidr: like(/^10\.\d{1,3}\.0\.0\/16$/, 'must be a network such as 10.20.0.0/16'),
      /** One is cheaper, two outlive the loss of a zone. */
      natGateways: whole(1, 2),
    }),
    database: z.strictObject({
      instanceType,
      multiAz: z.boolean(),
      storageGib: whole(20, 65_536),
      /** It grows by itself up to this. */
      maxStorageGib: whole(20, 65_536),
      backupDays: whole(1, 35),
      maxConnections: whole(20, 5_000),
    }),
    queue: z.strictObject({
      nodeType: like(/^cache\.\w+\.\w+$/, 'must be a node type, such as cache.t4g.micro'),
      /** With one it outlives the loss of a zone. */
      replicas: whole(0, 5),
    }),
    instances: z
      .strictObject({ type: instanceType, min: whole(2, 100), max: whole(2, 100) })
      .refine(({ min, max }) => min <= max, { path: ['max'], error: 'must not be less than min' }),
    gateway: processes,
    worker: processes,
    logDays: z.number().refine((days) => LOG_DAYS.includes(days), `must be one of ${LOG_DAYS.join(', ')}`),
    /** Who is told of alarms; each has to confirm a mail of AWS. */
    alarmEmails: z.array(z.email('must be an address')).min(1, 'must name somebody'),
    /** The web application firewall in front of the load balancer. */
    firewall: z.boolean(),
    github: z.strictObject({
      owner: like(/^[\w-]+$/, 'must be the name of an account'),
      repository: like(/^[\w.-]+$/, 'must be the name of a repository'),
      /** Numbers of both, for a repository made after 15 July 2026; null for an older one. */
      ids: z.strictObject({ owner: whole(1, 1e12), repository: whole(1, 1e12) }).nullable(),
      /** Once in an account: false where the other environment has it already. */
      createProvider: z.boolean(),
    }),
    /** Settings of docs/operations.md that are no secrets. */
    application: z.strictObject({
      both: z.record(z.string(), z.string()),
      worker: z.record(z.string(), z.string()),
      /** Which secrets have been filled in beside those that every process needs. */
      secrets: z.array(secret),
    }),
  })
  .superRefine((settings, context) => {
    const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const { database, domain: host, hostedZone: zone } = settings;
    if (host !== zone.name && !host.endsWith(`.${zone.name}`))
      fault(['domain'], `must be in the zone ${zone.name}`);
    for (const part of ['both', 'worker'] as const)
      for (const [name, what] of applicationFaults(settings.application[part], SECRET_NAMES))
        fault(['application', part, name], what);
    if (settings.application.both.KAKAO_APP_ID === undefined)
      fault(['application', 'both', 'KAKAO_APP_ID'], 'is missing');
    if (database.maxStorageGib < database.storageGib)
      fault(['database', 'maxStorageGib'], 'must not be less than storageGib');
    const needed = connectionsNeeded(settings);
    if (database.maxConnections < needed)
      fault(
        ['database', 'maxConnections'],
        `must be at least ${needed}: docs/operations.md, Connection budget`,
      );
  });
export type EnvironmentSettings = z.infer<typeof environmentSchema>;

/** By the formula of docs/operations.md with the queue in Redis, twice the processes of one kind while they are replaced. */
function connectionsNeeded({
  gateway,
  worker,
  application,
}: Pick<EnvironmentSettings, 'gateway' | 'worker' | 'application'>) {
  const pool = (own: Record<string, string>) =>
    Number({ ...application.both, ...own }.DATABASE_CONNECTIONS ?? 10);
  const [gateways, workers] = [gateway.max * (pool({}) + 1), worker.max * pool(application.worker)];
  return gateways + workers + Math.max(gateways, workers) + 10;
}

/** Throws an error that names every field that is wrong, with its environment. */
export function parseSettings<Name extends string>(
  all: Record<Name, unknown>,
): Record<Name, EnvironmentSettings> {
  const faults: string[] = [];
  const parsed = Object.entries(all).map(([name, given]) => {
    const { data, error } = environmentSchema.safeParse(given);
    for (const issue of error?.issues ?? []) {
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [''];
      for (const key of unknown) {
        const field = [name, ...issue.path, key].filter((part) => part !== '').join('.');
        faults.push(`${field} ${key ? 'is no setting' : issue.message}`);
      }
    }
    return [name, data];
  });
  if (faults.length > 0)
    throw new Error(
      ['deploy/settings.ts is not usable:', ...faults.map((fault) => `  - ${fault}`)].join('\n'),
    );
  return Object.fromEntries(parsed) as Record<Name, EnvironmentSettings>;
}
