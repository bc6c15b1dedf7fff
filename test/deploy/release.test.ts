import { release, ReleaseError, type Release } from '../../scripts/deploy/release';
import { startTestApp, type TestApp } from '../helpers/app';
import { startEcsServer, type EcsServer } from './ecs-server';

const CLUSTER = 'gyeongdan-staging';
const IMAGE = 'registry.example/gyeongdan-staging:0123abc';
const ENVIRONMENT = {
  AWS_REGION: 'ap-northeast-2',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_ENDPOINT_URL: '',
};

describe('A release', () => {
  const before = Object.fromEntries(Object.keys(ENVIRONMENT).map((name) => [name, process.env[name]]));
  let app: TestApp;
  let ecs: EcsServer;
  let said: string[];
  let migrations: string[];

  beforeAll(async () => {
    app = await startTestApp({
      adjust: (config) => Object.assign(config, { production: true, introspection: false }),
    });
  });
  beforeEach(async () => {
    ecs = await startEcsServer(CLUSTER, 'registry.example/gyeongdan-staging:before');
    Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL: ecs.url });
    said = [];
    migrations = [];
  });
  afterEach(() => ecs.close());
  afterAll(async () => {
    for (const [name, value] of Object.entries(before))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    await app.close();
  });

  const revisions = () =>
    ['worker', 'gateway'].map((service) => ecs.running(`${CLUSTER}-${service}`).split('/')[1]);
  const OLD = [`${CLUSTER}-worker:1`, `${CLUSTER}-gateway:1`];
  const NEW = [`${CLUSTER}-worker:2`, `${CLUSTER}-gateway:2`];

  const run = (options: Partial<Release> = {}) =>
    release({
      environment: CLUSTER,
      image: IMAGE,
      digest: `sha256:${IMAGE}`,
      publicUrl: app.url,
      patience: { migrate: 5, stable: 5, smoke: 5 },
      polling: { everyMs: 1, signal: new AbortController().signal },
      say: (line) => said.push(line),
      onMigration: (id) => migrations.push(id),
      ...options,
    });
  async function failure(options?: Partial<Release>): Promise<ReleaseError> {
    const error: unknown = await run(options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ReleaseError);
    return error as ReleaseError;
  }

  it('migrates, rolls the workers, then the gateways, and asks the public address as readers do', async () => {
    await run();
    expect(
      ecs.changes.map(({ action, input }) => `${action} ${String(input.service ?? input.family ?? '')}`),
    ).toEqual([
      `RegisterTaskDefinition ${CLUSTER}-migrate`,
      'RunTask ',
      `RegisterTaskDefinition ${CLUSTER}-worker`,
      `UpdateService ${CLUSTER}-worker`,
      `RegisterTaskDefinition ${CLUSTER}-gateway`,
      `UpdateService ${CLUSTER}-gateway`,
    ]);
    expect(migrations).toEqual([expect.stringMatching(/^f+0$/)]);
    expect(revisions()).toEqual(NEW);
    expect(said.filter((line) => line.startsWith('ok'))).toHaveLength(7);
  });

  it('registers what was deployed, with another image of our container and nothing else changed', async () => {
    await run();
    for (const [n, old] of OLD.entries()) {
      const definition = (name: string) =>
        ecs.definition(ecs.running(`${CLUSTER}-worker`).replace(/[^/]+$/, name));
      const { containerDefinitions: was, taskDefinitionArn: _old, ...kept } = definition(old);
      const { containerDefinitions: is, taskDefinitionArn: _new, ...now } = definition(NEW[n]!);
      expect(now).toEqual({ ...kept, revision: 2 });
      expect(is).toEqual([{ ...was[0], image: IMAGE }, was[1]]);
    }
    const [register] = ecs.changes;
    expect(Object.keys(register!.input).sort()).toEqual([
      'containerDefinitions', 'executionRoleArn', 'family', 'networkMode', 'taskRoleArn',
    ]); // prettier-ignore
  });

  it('changes no service when the migration fails', async () => {
    ecs.exitCode = 1;
    const error = await failure();
    expect(error.message).toMatch(/^task f+0 ended with 1/);
    expect(migrations).toHaveLength(1);
    expect(error.outcome).toBe('No service was changed');
    expect(revisions()).toEqual(OLD);
    expect(ecs.changes.map(({ action }) => action)).not.toContain('UpdateService');
  });

  it('waits for room for the migration, and not for what will never be', async () => {
    ecs.noRoom = ['RESOURCE:MEMORY', 'RESOURCE:CPU'];
    await run();
    expect(revisions()).toEqual(NEW);
    ecs.noRoom = ['MISSING'];
    expect((await failure()).message).toMatch(/^the task did not start: MISSING/);
  });

  it('leaves the gateways alone when ECS puts the workers back', async () => {
    ecs.fateOf = (service, image) => (service.endsWith('worker') && image === IMAGE ? 'breaks' : 'runs');
    const error = await failure();
    expect(error.message).toContain(`ECS rolled ${CLUSTER}-worker back: ECS deployment circuit breaker`);
    expect(error.outcome).toBe(`${CLUSTER}-worker was rolled back to ${OLD[0]}`);
    expect(revisions()).toEqual(OLD);
  });

  it.each(['breaks', 'hangs'] as const)(
    'puts the workers back, too, when a gateway of it %s',
    async (fate) => {
      ecs.fateOf = (service, image) => (service.endsWith('gateway') && image === IMAGE ? fate : 'runs');
      const error = await failure({ patience: { migrate: 5, stable: 0.05, smoke: 5 } });
      expect(error.outcome).toBe(
        `${CLUSTER}-gateway was rolled back to ${OLD[1]}; ${CLUSTER}-worker was rolled back to ${OLD[0]}`,
      );
      expect(revisions()).toEqual(OLD);
    },
  );

  it('says so when even the way back fails', async () => {
    ecs.fateOf = (service, image) => (service.endsWith('gateway') && image === IMAGE ? 'hangs' : 'runs');
    ecs.refuse = ({ service, taskDefinition }) =>
      service === `${CLUSTER}-gateway` && !taskDefinition?.endsWith(':2');
    const error = await failure({ patience: { migrate: 5, stable: 0.05, smoke: 5 } });
    expect(error.outcome).toMatch(
      /^gyeongdan-staging-gateway COULD NOT BE ROLLED BACK to gyeongdan-staging-gateway:1: .*; gyeongdan-staging-worker was rolled back/,
    );
  });

  it('goes back when a task runs another image than the one that was built', async () => {
    ecs.digestOf = (image) => (image === IMAGE ? 'sha256:other' : `sha256:${image}`);
    const error = await failure();
    expect(error.message).toContain(`with the image sha256:other, not sha256:${IMAGE}`);
    expect(revisions()).toEqual(OLD);
  });

  it('goes back when the public address does not answer', async () => {
    const error = await failure({
      publicUrl: 'http://127.0.0.1:1',
      patience: { migrate: 5, stable: 5, smoke: 0.05 },
    });
    expect(error.message).toContain('not so that it is alive and ready');
    expect(error.outcome).toContain('was rolled back');
    expect(revisions()).toEqual(OLD);
  });

  it('asks ECS to go back when the run is cancelled in the middle', async () => {
    const cancel = new AbortController();
    ecs.fateOf = (service, image) => {
      if (service.endsWith('gateway') && image === IMAGE) cancel.abort();
      return service.endsWith('gateway') && image === IMAGE ? 'hangs' : 'runs';
    };
    await failure({ polling: { everyMs: 1, signal: cancel.signal } });
    expect(revisions()).toEqual(OLD);
  });
});
