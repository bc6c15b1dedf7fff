import { containerOf } from './containers';
import { all, only, synthesise, synthesiseOtherwise } from './synthesised';

const template = synthesise('production');
const services = all(template, 'AWS::ECS::Service');
const serviceOf = (process: string) =>
  services.find(({ ServiceName }) => ServiceName === `gyeongdan-production-${process}`)!;
const SERVICES = ['gateway', 'worker'];
const PROCESSES = ['gateway', 'worker', 'migrate'] as const;

describe.each(SERVICES)('the service %s', (process) => {
  const service = serviceOf(process);

  it('is replaced without ever having fewer than it should', () => {
    expect(service.DeploymentConfiguration).toMatchObject({
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
    });
  });

  it('goes back by itself when the new release does not come up', () => {
    const { DeploymentCircuitBreaker } = service.DeploymentConfiguration as Record<string, unknown>;
    expect(DeploymentCircuitBreaker).toEqual({ Enable: true, Rollback: true });
  });

  it('is spread over zones, then instances', () => {
    expect(service.PlacementStrategies).toEqual([
      { Type: 'spread', Field: 'attribute:ecs.availability-zone' },
      { Type: 'spread', Field: 'instanceId' },
    ]);
  });

  it('runs on our instances, as many as its load needs', () => {
    expect(service.LaunchType).toBeUndefined();
    expect(service.CapacityProviderStrategy).toMatchObject([{ Weight: 1 }]);
    const targets = all(template, 'AWS::ApplicationAutoScaling::ScalableTarget');
    const target = targets.find(({ ResourceId }) =>
      JSON.stringify(ResourceId).includes(`Services${process}`),
    )!;
    expect(target).toMatchObject({ MinCapacity: 2, MaxCapacity: process === 'gateway' ? 8 : 4 });
  });
});

it('gateways grow with CPU and requests, workers with CPU and the oldest job that is due', () => {
  const policies = all(template, 'AWS::ApplicationAutoScaling::ScalingPolicy');
  const kinds = policies.map(({ PolicyType, TargetTrackingScalingPolicyConfiguration: tracking }) =>
    PolicyType === 'StepScaling'
      ? 'step'
      : (tracking as { PredefinedMetricSpecification: { PredefinedMetricType: string } })
          .PredefinedMetricSpecification.PredefinedMetricType,
  );
  expect(new Set(kinds)).toEqual(
    new Set(['ECSServiceAverageCPUUtilization', 'ALBRequestCountPerTarget', 'step']),
  );
});

it('gateways alone are behind the load balancer', () => {
  expect(serviceOf('gateway').LoadBalancers).toMatchObject([
    { ContainerName: 'gateway', ContainerPort: 4000 },
  ]);
  expect(serviceOf('worker').LoadBalancers ?? []).toEqual([]);
});

describe.each(PROCESSES)('the container of %s', (process) => {
  const { task, container } = containerOf(template, process);

  it('is in bridge mode and may write nothing but its log', () => {
    expect(task).toMatchObject({ NetworkMode: 'bridge', RequiresCompatibilities: ['EC2'] });
    expect(container).toMatchObject({
      Name: process,
      ReadonlyRootFilesystem: true,
      LinuxParameters: { Capabilities: { Drop: ['ALL'] } },
    });
  });

  it('has longer to stop than a process takes', () => expect(container.StopTimeout).toBeGreaterThan(25));

  it('writes a log that is kept for so long', () => {
    const group = all(template, 'AWS::Logs::LogGroup').find(
      ({ LogGroupName }) => LogGroupName === `/gyeongdan-production/${process}`,
    );
    expect(group).toMatchObject({ RetentionInDays: 90 });
    expect(container.LogConfiguration).toMatchObject({
      LogDriver: 'awslogs',
      Options: { mode: 'non-blocking' },
    });
  });

  it('may do nothing at AWS by itself', () => {
    const policies = all(template, 'AWS::IAM::Policy').filter(({ Roles }) =>
      JSON.stringify(Roles).includes(`Processes${process}TaskRole`),
    );
    expect(policies).toEqual([]);
  });
});

it('a gateway has a port of the host that Docker chooses', () => {
  expect(containerOf(template, 'gateway').container.PortMappings).toMatchObject([
    { ContainerPort: 4000, HostPort: 0 },
  ]);
});

it('gateway and worker are started anew when they are not alive, which the image can tell', () => {
  for (const process of SERVICES as ('gateway' | 'worker')[])
    expect(containerOf(template, process).container.HealthCheck).toMatchObject({
      Command: ['CMD', 'node', 'scripts/health-check.mjs'],
    });
});

it('migrations are a task of their own, of the same image', () => {
  const { container } = containerOf(template, 'migrate');
  expect(container.Command).toEqual(['node', 'scripts/migrate.mjs']);
  expect(container.Image).toEqual(containerOf(template, 'gateway').container.Image);
});

it('each process may read its own secrets and no others', () => {
  const readable = (process: string) => {
    const policy = all(template, 'AWS::IAM::Policy').find(({ Roles }) =>
      JSON.stringify(Roles).includes(`Processes${process}ExecutionRole`),
    )!;
    const { Statement } = policy.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] };
    const text = JSON.stringify(
      Statement.filter(({ Action }) => JSON.stringify(Action).includes('secretsmanager')).map(
        ({ Resource }) => Resource,
      ),
    );
    return [
      'DatabaseUrl',
      'QueueUrl',
      'SecretsApplication',
      'SecretsWorker',
      'DatabasePassword',
      'QueueToken',
    ].filter((id) => text.includes(id));
  };
  expect(readable('gateway')).toEqual(['DatabaseUrl', 'QueueUrl', 'SecretsApplication']);
  expect(readable('worker')).toEqual(['DatabaseUrl', 'QueueUrl', 'SecretsApplication', 'SecretsWorker']);
  expect(readable('migrate')).toEqual(['DatabaseUrl']);
});

it('a deployment of the stack runs the release that is out, whose tag CloudFormation looks up', () => {
  template.hasParameter('*', {
    Type: 'AWS::SSM::Parameter::Value<String>',
    Default: '/gyeongdan-production/image-tag',
  });
});

it('the first deployment starts nothing: there is neither an image nor a secret yet', () => {
  const first = synthesiseOtherwise();
  for (const { DesiredCount } of all(first, 'AWS::ECS::Service')) expect(DesiredCount).toBe(0);
  for (const { MinCapacity } of all(first, 'AWS::ApplicationAutoScaling::ScalableTarget'))
    expect(MinCapacity).toBe(0);
  for (const { DesiredCount } of services) expect(DesiredCount).toBeUndefined();
});

describe('the instances', () => {
  const { LaunchTemplateData: launch } = only(template, 'AWS::EC2::LaunchTemplate') as {
    LaunchTemplateData: Record<string, unknown>;
  };

  it('are as many as the tasks need, and hand over their tasks before they go', () => {
    expect(only(template, 'AWS::AutoScaling::AutoScalingGroup')).toMatchObject({
      MinSize: '3',
      MaxSize: '8',
    });
    expect(only(template, 'AWS::ECS::CapacityProvider').AutoScalingGroupProvider).toMatchObject({
      ManagedScaling: { Status: 'ENABLED', TargetCapacity: 100 },
      ManagedDraining: 'ENABLED',
    });
  });

  it('keep their role to themselves: metadata by IMDSv2 and one hop far, which no container is', () => {
    expect(launch.MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  });

  it('encrypt their disks and are replaced within 30 days', () => {
    expect(launch.BlockDeviceMappings).toMatchObject([{ Ebs: { Encrypted: true } }]);
    expect(only(template, 'AWS::AutoScaling::AutoScalingGroup').MaxInstanceLifetime).toBe(30 * 86_400);
  });
});
