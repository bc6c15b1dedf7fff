import { Cluster, type Patience } from './ecs';
import type { Polling } from './polling';
import { smokeTest } from './smoke';

export interface Release {
  /** Name of the cluster, and what the names of services and task families begin with. */
  environment: string;
  /** With its tag. */
  image: string;
  /** sha256:… of that image, as the registry tells it. */
  digest: string;
  publicUrl: string;
  patience: Patience;
  polling: Polling;
  say: (line: string) => void;
  /** Told the id of the task that migrates, under which its log is kept. */
  onMigration: (taskId: string) => void;
}

/** A release that failed, with what was done about it. */
export class ReleaseError extends Error {
  constructor(
    cause: unknown,
    readonly outcome: string,
  ) {
    super(`${messageOf(cause)}. ${outcome}`, { cause });
  }
}

/** The order matters: workers of the new release know the jobs that its gateways ask for. */
const SERVICES = ['worker', 'gateway'] as const;

/**
 * Migrates, rolls the workers and then the gateways to an image, looks at what is deployed and at the public address. When
 * something fails, the services that were changed get the task definition back that they had. Throws ReleaseError.
 */
export async function release(options: Release): Promise<void> {
  const { environment, image, digest, patience, polling, say } = options;
  const cluster = new Cluster(environment, polling);
  const nameOf = (service: string) => `${environment}-${service}`;
  const changed: { name: string; before: string }[] = [];
  try {
    say(`the database is migrated by ${image}`);
    const migrate = await cluster.withImage(nameOf('migrate'), 'migrate', image);
    await cluster.runOnce(migrate, 'migrate', patience.migrate, options.onMigration);

    const deployed: Record<string, string> = {};
    for (const service of SERVICES) {
      const name = nameOf(service);
      const before = (await cluster.service(name)).taskDefinition!;
      const after = await cluster.withImage(before, service, image);
      say(`${name} is rolled from ${revisionOf(before)} to ${revisionOf(after)}`);
      changed.push({ name, before });
      deployed[service] = after;
      await cluster.roll(name, after, patience.stable);
    }
    for (const service of SERVICES) {
      await cluster.verify(nameOf(service), deployed[service]!, service, digest);
      say(`${nameOf(service)} runs ${revisionOf(deployed[service]!)} with ${digest}`);
    }
    // Before the first deployment of all nothing runs yet.
    if ((await cluster.service(nameOf('gateway'))).desiredCount === 0)
      say('no gateway is wanted: none is asked');
    else await smokeTest(options.publicUrl, { ...polling, say, patienceSeconds: patience.smoke });
  } catch (error) {
    say(`failed: ${messageOf(error)}`);
    throw new ReleaseError(error, await rollBack(cluster, changed, options));
  }
}

/** Says what became of it; never throws. */
async function rollBack(
  cluster: Cluster,
  changed: readonly { name: string; before: string }[],
  { patience, say }: Release,
): Promise<string> {
  if (changed.length === 0) return 'No service was changed';
  const outcomes: string[] = [];
  for (const { name, before } of [...changed].reverse()) {
    say(`${name} is rolled back to ${revisionOf(before)}`);
    outcomes.push(
      await cluster.roll(name, before, patience.stable).then(
        () => `${name} was rolled back to ${revisionOf(before)}`,
        (error: unknown) => `${name} COULD NOT BE ROLLED BACK to ${revisionOf(before)}: ${messageOf(error)}`,
      ),
    );
  }
  return outcomes.join('; ');
}

/** `family:revision` of a task definition's ARN. */
const revisionOf = (arn: string) => arn.split('/').at(-1)!;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
