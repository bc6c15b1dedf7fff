import type { Repository } from 'aws-cdk-lib/aws-ecr';
import {
  Capability, ContainerImage, Ec2TaskDefinition, LinuxParameters, LogDriver, NetworkMode, Secret as ContainerSecret, AwsLogDriverMode,
} from 'aws-cdk-lib/aws-ecs'; // prettier-ignore
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { environmentOf, secretsOf } from './environment';
import { justified } from './justified';
import type { EnvironmentSettings } from './settings.schema';
import { TIMINGS } from './timings';

/** Inside the container; the host's is given by Docker. */
export const GATEWAY_PORT = 4000;
const MIGRATE = { cpu: 256, memoryMib: 512 };

export interface ProcessesProps {
  name: string;
  settings: EnvironmentSettings;
  repository: Repository;
  /** The setting that each secret is, or JSON object of settings. */
  secrets: { databaseUrl: Secret; queueUrl: Secret; application: Secret; worker: Secret };
  trustedProxies: string[];
  logRetention: RetentionDays;
}

/** What runs of one image: gateway, worker and migrations. */
export class Processes extends Construct {
  readonly gateway: Ec2TaskDefinition;
  readonly worker: Ec2TaskDefinition;
  readonly migrate: Ec2TaskDefinition;
  readonly workerLog: LogGroup;
  readonly migrateLog: LogGroup;
  readonly imageTagParameter: string;
  private readonly image: ContainerImage;

  constructor(
    scope: Construct,
    private readonly props: ProcessesProps,
  ) {
    super(scope, 'Processes');
    const { name, settings, repository, trustedProxies } = props;
    this.imageTagParameter = `/${name}/image-tag`;
    // Read by CloudFormation, so that a deployment of the stack never puts an older release back.
    const tag = StringParameter.valueForStringParameter(this, this.imageTagParameter);
    this.image = ContainerImage.fromEcrRepository(repository, tag);
    const gateway = this.task('gateway', {
      ...settings.gateway,
      environment: environmentOf('gateway', settings, trustedProxies),
      secrets: secretsOf('gateway', settings, props.secrets),
      port: GATEWAY_PORT,
    });
    const worker = this.task('worker', {
      ...settings.worker,
      command: ['node', 'dist/bin/worker.js'],
      environment: environmentOf('worker', settings, trustedProxies),
      secrets: secretsOf('worker', settings, props.secrets),
    });
    const migrate = this.task('migrate', {
      ...MIGRATE,
      command: ['node', 'scripts/migrate.mjs'],
      environment: { NODE_ENV: 'production' },
      secrets: { DATABASE_URL: ContainerSecret.fromSecretsManager(props.secrets.databaseUrl) },
    });
    [this.gateway, this.worker, this.migrate] = [gateway.task, worker.task, migrate.task];
    [this.workerLog, this.migrateLog] = [worker.log, migrate.log];
  }

  private task(
    process: 'gateway' | 'worker' | 'migrate',
    of: {
      cpu: number;
      memoryMib: number;
      command?: string[];
      environment: Record<string, string>;
      secrets: Record<string, ContainerSecret>;
      port?: number;
    },
  ) {
    const { name, logRetention } = this.props;
    const log = new LogGroup(this, `${process}-log`, {
      logGroupName: `/${name}/${process}`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const task = new Ec2TaskDefinition(this, process, {
      family: `${name}-${process}`,
      networkMode: NetworkMode.BRIDGE,
    });
    const linuxParameters = new LinuxParameters(this, `${process}-linux`, { initProcessEnabled: true });
    linuxParameters.dropCapabilities(Capability.ALL);
    task.addContainer(process, {
      containerName: process,
      image: this.image,
      command: of.command,
      environment: of.environment,
      secrets: of.secrets,
      cpu: of.cpu,
      memoryLimitMiB: of.memoryMib,
      linuxParameters,
      readonlyRootFilesystem: true,
      stopTimeout: TIMINGS.stopTimeout,
      // ECS does not heed the image's own.
      ...(process !== 'migrate' && {
        healthCheck: {
          command: ['CMD', 'node', 'scripts/health-check.mjs'],
          interval: Duration.seconds(10),
          timeout: Duration.seconds(5),
          retries: 3,
          startPeriod: TIMINGS.healthCheckGrace,
        },
      }),
      ...(of.port !== undefined && { portMappings: [{ containerPort: of.port, hostPort: 0 }] }),
      logging: LogDriver.awsLogs({
        streamPrefix: process,
        logGroup: log,
        // A log that cannot be written must not stop who writes it.
        mode: AwsLogDriverMode.NON_BLOCKING,
        maxBufferSize: Size.mebibytes(4),
      }),
    });
    justified(task, {
      'AwsSolutions-ECS2': 'Settings that are no secrets; those that are come from Secrets Manager.',
      'AwsSolutions-IAM5[Resource::*]': 'The token of ECR belongs to no repository.',
    });
    return { task, log };
  }
}
