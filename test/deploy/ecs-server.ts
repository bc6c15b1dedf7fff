import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

const ACCOUNT = 'arn:aws:ecs:ap-northeast-2:111122223333';

interface Definition {
  taskDefinitionArn: string;
  family: string;
  containerDefinitions: { name: string; image: string; [other: string]: unknown }[];
  [other: string]: unknown;
}

interface Deployment {
  status: 'PRIMARY' | 'ACTIVE';
  taskDefinition: string;
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason?: string;
}

interface Service {
  /** The newest first. */
  deployments: Deployment[];
  desiredCount: number;
}

/** What becomes of an image in a service: it runs, the circuit breaker puts the one before back, or nothing happens at all. */
export type Fate = 'runs' | 'breaks' | 'hangs';

/** ECS as a release sees it, over its JSON protocol on 127.0.0.1: task definitions, services that roll, tasks that run once. */
export interface EcsServer {
  url: string;
  /** Names and inputs of the calls that changed something, in order. */
  changes: { action: string; input: Record<string, unknown> }[];
  definition(arn: string): Definition;
  /** What the service runs. */
  running(service: string): string;
  fateOf: (service: string, image: string) => Fate;
  /** Of the task that migrates. */
  exitCode: number;
  /** Which calls of UpdateService are refused. */
  refuse: (input: Partial<Record<string, string>>) => boolean;
  /** Reasons why the next calls of RunTask start nothing. */
  noRoom: string[];
  digestOf: (image: string) => string;
  close(): Promise<void>;
}

/** A cluster `name` with two gateways, a worker and what migrates, all of `image`. */
export async function startEcsServer(name: string, image: string): Promise<EcsServer> {
  const definitions = new Map<string, Definition>();
  const services = new Map<string, Service>();
  const tasks = new Map<string, string>();

  const register = (
    input: Pick<Definition, 'family' | 'containerDefinitions'> & Record<string, unknown>,
  ): Definition => {
    const revision = [...definitions.values()].filter(({ family }) => family === input.family).length + 1;
    const definition: Definition = {
      ...input,
      taskDefinitionArn: `${ACCOUNT}:task-definition/${input.family}:${revision}`,
      revision,
      status: 'ACTIVE',
      compatibilities: ['EC2'],
      requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.docker-remote-api.1.21' }],
      registeredAt: 1_790_000_000,
      registeredBy: `${ACCOUNT}:assumed-role/somebody`,
    };
    definitions.set(definition.taskDefinitionArn, definition);
    return definition;
  };
  for (const process of ['gateway', 'worker', 'migrate']) {
    const { taskDefinitionArn } = register({
      family: `${name}-${process}`,
      networkMode: 'bridge',
      taskRoleArn: `arn:aws:iam::111122223333:role/${process}`,
      executionRoleArn: 'arn:aws:iam::111122223333:role/execution',
      containerDefinitions: [
        {
          name: process,
          image,
          memory: 512,
          secrets: [{ name: 'DATABASE_URL', valueFrom: 'arn:aws:secretsmanager:…:secret:database' }],
        },
        { name: 'sidecar', image: 'sidecar:1', memory: 64 },
      ],
    });
    if (process !== 'migrate')
      services.set(`${name}-${process}`, {
        desiredCount: process === 'gateway' ? 2 : 1,
        deployments: [{ status: 'PRIMARY', taskDefinition: taskDefinitionArn, rolloutState: 'COMPLETED' }],
      });
  }
  const find = (arnOrFamily: string) =>
    definitions.get(arnOrFamily) ??
    [...definitions.values()].filter(({ family }) => family === arnOrFamily).at(-1)!;
  const imageOf = (arn: string) => find(arn).containerDefinitions[0]!.image;

  /** One look further: a roll takes some. */
  const advance = (service: string) => {
    const { deployments } = services.get(service)!;
    const [newest, before] = deployments;
    if (!before) return;
    if (newest!.rolloutState === 'FAILED') return;
    const fate = server.fateOf(service, imageOf(newest!.taskDefinition));
    if (fate === 'runs') {
      newest!.rolloutState = 'COMPLETED';
      deployments.splice(1);
    }
    if (fate === 'breaks') {
      Object.assign(newest!, { status: 'ACTIVE', rolloutState: 'FAILED' });
      newest!.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.';
      deployments.reverse();
      before.status = 'PRIMARY';
    }
  };

  const actions: Record<string, (input: Record<string, never>) => unknown> = {
    DescribeServices: ({ services: names }: Record<string, string[]>) => ({
      services: names!.map((service) => {
        const { deployments, desiredCount } = services.get(service)!;
        const answer = structuredClone({
          serviceName: service,
          status: 'ACTIVE',
          desiredCount,
          runningCount: desiredCount,
          taskDefinition: deployments.find(({ status }) => status === 'PRIMARY')!.taskDefinition,
          deployments,
        });
        advance(service);
        return answer;
      }),
    }),
    DescribeTaskDefinition: ({ taskDefinition }: Record<string, string>) => ({
      taskDefinition: find(taskDefinition!),
    }),
    RegisterTaskDefinition: (input: Record<string, unknown>) => ({
      taskDefinition: register(input as Definition),
    }),
    UpdateService: ({ service: name, taskDefinition }: Record<string, string>) => {
      if (server.refuse({ service: name!, taskDefinition: taskDefinition! })) return null;
      const service = services.get(name!)!;
      service.deployments = service.deployments.filter((one) => one.rolloutState !== 'FAILED');
      if (service.deployments[0]!.taskDefinition !== taskDefinition) {
        for (const one of service.deployments) one.status = 'ACTIVE';
        service.deployments = service.deployments.filter((one) => one.rolloutState === 'COMPLETED');
        service.deployments = service.deployments.filter((one) => one.taskDefinition !== taskDefinition);
        service.deployments.unshift({
          status: 'PRIMARY',
          taskDefinition: taskDefinition!,
          rolloutState: service.deployments.length === 0 ? 'COMPLETED' : 'IN_PROGRESS',
        });
      }
      return { service: { serviceName: name } };
    },
    RunTask: ({ taskDefinition }: Record<string, string>) => {
      const reason = server.noRoom.shift();
      if (reason) return { tasks: [], failures: [{ reason }] };
      const taskArn = `${ACCOUNT}:task/${name}/${'f'.repeat(31)}${tasks.size}`;
      tasks.set(taskArn, taskDefinition!);
      return { tasks: [{ taskArn }], failures: [] };
    },
    StopTask: () => ({}),
    ListTasks: ({ serviceName }: Record<string, string>) => ({
      taskArns: Array.from(
        { length: services.get(serviceName!)!.desiredCount },
        (_, n) => `${ACCOUNT}:task/${name}/${serviceName}/${n}`,
      ),
    }),
    DescribeTasks: ({ tasks: arns }: Record<string, string[]>) => ({
      tasks: arns!.map((taskArn) => {
        const once = tasks.get(taskArn);
        const service = taskArn.split('/').at(-2)!;
        const taskDefinitionArn = once ?? server.running(service);
        const container = taskDefinitionArn.split(`${name}-`)[1]!.split(':')[0];
        return {
          taskArn,
          taskDefinitionArn,
          lastStatus: once ? 'STOPPED' : 'RUNNING',
          containers: [
            { name: 'sidecar', imageDigest: 'sha256:sidecar' },
            {
              name: container,
              imageDigest: server.digestOf(imageOf(taskDefinitionArn)),
              ...(once && { exitCode: server.exitCode }),
            },
          ],
        };
      }),
    }),
  };

  const http = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1)!;
    const input = (await json(request)) as Record<string, never>;
    if (!/^(Describe|List)/.test(action)) server.changes.push({ action, input });
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    try {
      const answer = actions[action]!(input);
      if (answer === null) response.statusCode = 400;
      response.end(JSON.stringify(answer ?? { __type: 'AccessDeniedException', message: 'not allowed' }));
    } catch (error) {
      response.statusCode = 400;
      response.end(JSON.stringify({ __type: 'InvalidParameterException', message: String(error) }));
    }
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: EcsServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    changes: [],
    definition: find,
    running: (service) =>
      services.get(service)!.deployments.find(({ status }) => status === 'PRIMARY')!.taskDefinition,
    fateOf: () => 'runs',
    exitCode: 0,
    refuse: () => false,
    noRoom: [],
    digestOf: (of) => `sha256:${of}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}
