import { Duration, Stack } from 'aws-cdk-lib';
import type { Repository } from 'aws-cdk-lib/aws-ecr';
import {
  type IOidcProvider,
  OidcProviderNative,
  PolicyStatement,
  Role,
  WebIdentityPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Instances } from './cluster';
import { justified } from './justified';
import type { Processes } from './processes';
import type { Services } from './services';
import type { EnvironmentSettings } from './settings.schema';

const ISSUER = 'token.actions.githubusercontent.com';

export interface DeployRoleProps {
  name: string;
  /** Of GitHub, too. */
  environment: string;
  settings: EnvironmentSettings['github'];
  repository: Repository;
  instances: Instances;
  processes: Processes;
  services: Services;
}

/** What a deployment by GitHub may do: push an image, migrate, update the two services. */
export class DeployRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, { name, environment, settings, ...parts }: DeployRoleProps) {
    super(scope, 'DeployRole');
    const { repository, instances, processes, services } = parts;
    const stack = Stack.of(this);
    const arn = (service: string, resource: string) =>
      `arn:aws:${service}:${stack.region}:${stack.account}:${resource}`;
    this.role = new Role(this, 'Role', {
      roleName: `${name}-deploy`,
      description: `Deployments to ${environment} by GitHub`,
      maxSessionDuration: Duration.hours(1),
      assumedBy: new WebIdentityPrincipal(this.provider(settings).oidcProviderArn, {
        StringEquals: {
          [`${ISSUER}:aud`]: 'sts.amazonaws.com',
          [`${ISSUER}:sub`]: subject(settings, environment),
        },
      }),
    });
    const may = (actions: string[], resources: string[], conditions?: Record<string, object>) =>
      this.role.addToPolicy(new PolicyStatement({ actions, resources, conditions }));

    repository.grantPush(this.role);
    may(['ecr:DescribeImages'], [repository.repositoryArn]);
    may(['ecs:RegisterTaskDefinition', 'ecs:DescribeTaskDefinition'], ['*']);
    const inCluster = { ArnEquals: { 'ecs:cluster': instances.cluster.clusterArn } };
    const revisions = arn('ecs', `task-definition/${name}-migrate:*`);
    may(['ecs:RunTask'], [revisions], inCluster);
    const tasksOfCluster = arn('ecs', `task/${name}/*`);
    may(['ecs:DescribeTasks', 'ecs:StopTask'], [tasksOfCluster], inCluster);
    may(['ecs:ListTasks'], ['*'], inCluster);
    may(
      ['ecs:DescribeServices', 'ecs:UpdateService'],
      [services.gateway.serviceArn, services.worker.serviceArn],
    );
    const tasks = [processes.gateway, processes.worker, processes.migrate];
    may(
      ['iam:PassRole'],
      tasks.flatMap((task) => [task.taskRole.roleArn, task.obtainExecutionRole().roleArn]),
      { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    );
    const { logGroupArn } = processes.migrateLog;
    may(['logs:FilterLogEvents', 'logs:GetLogEvents'], [logGroupArn]);
    may(['ssm:GetParameter', 'ssm:PutParameter'], [arn('ssm', `parameter${processes.imageTagParameter}`)]);
    justified(this.role, {
      'AwsSolutions-IAM5[Resource::*]':
        'The token of ECR, task definitions and lists of tasks know no narrower resource.',
      [`AwsSolutions-IAM5[Resource::${revisions}]`]: 'A revision gets its number when it is made.',
      [`AwsSolutions-IAM5[Resource::${tasksOfCluster}]`]: 'A task gets its id when it is started.',
    });
  }

  private provider({ createProvider }: EnvironmentSettings['github']): IOidcProvider {
    if (createProvider)
      return new OidcProviderNative(this, 'GitHub', {
        url: `https://${ISSUER}`,
        clientIds: ['sts.amazonaws.com'],
      });
    const { account } = Stack.of(this);
    return OidcProviderNative.fromOidcProviderArn(
      this,
      'GitHub',
      `arn:aws:iam::${account}:oidc-provider/${ISSUER}`,
    );
  }
}

/** Who GitHub says a job is that runs for an environment of the repository. */
function subject({ owner, repository, ids }: EnvironmentSettings['github'], environment: string): string {
  const whose = ids ? `${owner}@${ids.owner}/${repository}@${ids.repository}` : `${owner}/${repository}`;
  return `repo:${whose}:environment:${environment}`;
}
