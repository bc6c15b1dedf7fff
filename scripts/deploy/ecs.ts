import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateServiceCommand,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import { pollUntil, type Polling } from './polling';

/** How long each step of a release may take, in seconds. */
export interface Patience {
  migrate: number;
  /** Each service. */
  stable: number;
  /** Each check of the public address. */
  smoke: number;
}

/** What a release asks of ECS, on one cluster. Region, credentials and endpoint come from the environment, as the SDK reads them. */
export class Cluster {
  private readonly ecs = new ECSClient({});

  constructor(
    private readonly name: string,
    private readonly polling: Polling,
  ) {}

  async service(name: string): Promise<Service> {
    const { services = [] } = await this.ecs.send(
      new DescribeServicesCommand({ cluster: this.name, services: [name] }),
    );
    if (services[0]?.status !== 'ACTIVE')
      throw new Error(`there is no service ${name} in the cluster ${this.name}`);
    return services[0];
  }

  /** A new revision of a task definition (an ARN, or a family for its newest), with another image in one container; its ARN. */
  async withImage(taskDefinition: string, container: string, image: string): Promise<string> {
    const { taskDefinition: old } = await this.ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition }),
    );
    // What ECS tells about a revision, and takes from nobody.
    const {
      taskDefinitionArn: _arn, revision: _revision, status: _status, requiresAttributes: _attributes, compatibilities: _fits,
      registeredAt: _at, registeredBy: _by, deregisteredAt: _until, ...kept
    } = old!; // prettier-ignore
    const containerDefinitions = kept.containerDefinitions?.map((definition) =>
      definition.name === container ? { ...definition, image } : definition,
    );
    if (!containerDefinitions?.some(({ name }) => name === container))
      throw new Error(`${taskDefinition} has no container ${container}`);
    const { taskDefinition: made } = await this.ecs.send(
      new RegisterTaskDefinitionCommand({ ...kept, family: kept.family!, containerDefinitions }),
    );
    return made!.taskDefinitionArn!;
  }

  /** Runs a task to its end; `onStart` is told its id. Throws unless its container exits with 0 within so many seconds. */
  async runOnce(
    taskDefinition: string,
    container: string,
    seconds: number,
    onStart: (id: string) => void,
  ): Promise<void> {
    const arn = await pollUntil(this.polling, 'there is room for the task', seconds, async () => {
      const { tasks = [], failures = [] } = await this.ecs.send(
        new RunTaskCommand({ cluster: this.name, taskDefinition }),
      );
      if (tasks[0]) return tasks[0].taskArn!;
      // No instance has the memory now: the cluster grows, or a task ends.
      if (failures.every(({ reason = '' }) => /^RESOURCE|capacity/i.test(reason))) return null;
      throw new Error(`the task did not start: ${failures.map(({ reason }) => reason).join(', ')}`);
    });
    const id = arn.split('/').at(-1)!;
    onStart(id);
    const ended = await pollUntil(this.polling, `task ${id} has ended`, seconds, async () => {
      const [task] = await this.tasks([arn]);
      return task?.lastStatus === 'STOPPED' ? task : null;
    }).catch(async (error: unknown) => {
      await this.ecs.send(
        new StopTaskCommand({ cluster: this.name, task: arn, reason: 'the release gave up' }),
      );
      throw error;
    });
    const { exitCode, reason } = ended.containers?.find(({ name }) => name === container) ?? {};
    if (exitCode !== 0)
      throw new Error(
        `task ${id} ended with ${exitCode ?? 'no exit code'}: ${reason ?? ended.stoppedReason ?? ''}`,
      );
  }

  /**
   * Rolls a service to a task definition. Throws when it does not become stable within so many seconds, or when ECS put the
   * release before back.
   */
  async roll(service: string, taskDefinition: string, seconds: number): Promise<void> {
    await this.ecs.send(new UpdateServiceCommand({ cluster: this.name, service, taskDefinition }));
    let begun = false;
    await pollUntil(this.polling, `${service} is stable`, seconds, async () => {
      const { deployments = [], desiredCount, runningCount } = await this.service(service);
      const ours = deployments.find((one) => one.taskDefinition === taskDefinition);
      begun ||= ours !== undefined;
      // What ECS tells may be some seconds old.
      if (!begun) return false;
      if (ours?.status !== 'PRIMARY' || ours.rolloutState === 'FAILED')
        throw new Error(
          `ECS rolled ${service} back: ${ours?.rolloutStateReason ?? 'the deployment is gone'}`,
        );
      return ours.rolloutState === 'COMPLETED' && deployments.length === 1 && runningCount === desiredCount;
    });
  }

  /** Throws unless the service, and every task of it, runs this task definition with this image. */
  async verify(service: string, taskDefinition: string, container: string, digest: string): Promise<void> {
    const { taskDefinition: deployed, desiredCount = 0 } = await this.service(service);
    if (deployed !== taskDefinition)
      throw new Error(`${service} runs ${deployed} and not ${taskDefinition}: it was rolled back`);
    const { taskArns = [] } = await this.ecs.send(
      new ListTasksCommand({ cluster: this.name, serviceName: service, desiredStatus: 'RUNNING' }),
    );
    const tasks = taskArns.length === 0 ? [] : await this.tasks(taskArns);
    const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
    if (running.length < desiredCount)
      throw new Error(`${running.length} of ${desiredCount} tasks of ${service} run`);
    for (const task of running) {
      const image = task.containers?.find(({ name }) => name === container);
      if (task.taskDefinitionArn !== taskDefinition || image?.imageDigest !== digest)
        throw new Error(
          `a task of ${service} runs ${task.taskDefinitionArn} with the image ${image?.imageDigest}, not ${digest}`,
        );
      if (task.healthStatus === 'UNHEALTHY') throw new Error(`a task of ${service} is unhealthy`);
    }
  }

  private async tasks(arns: string[]): Promise<Task[]> {
    const { tasks = [] } = await this.ecs.send(new DescribeTasksCommand({ cluster: this.name, tasks: arns }));
    return tasks;
  }
}
