import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { Alarms } from './alarms';
import { Balancer } from './balancer';
import { Instances } from './cluster';
import { Database } from './database';
import { DeployRole } from './deploy-role';
import { Firewall } from './firewall';
import { Network } from './network';
import { addOverview } from './overview';
import { Processes } from './processes';
import { Queue } from './queue';
import { Registry } from './registry';
import { FilledInSecrets } from './secrets';
import { Services } from './services';
import type { EnvironmentSettings } from './settings.schema';
import { WorkFigures } from './work-figures';

export interface GyeongdanStackProps {
  /** `staging` or `production`. */
  environment: string;
  settings: EnvironmentSettings;
  /** False for the first deployment: nothing runs yet. */
  processes: boolean;
}

/** Everything of one environment. Names are fixed: .github/workflows and docs/deploy.md use them. */
export class GyeongdanStack extends Stack {
  private readonly zones: string[];

  constructor(scope: Construct, { environment, settings, processes: running }: GyeongdanStackProps) {
    const name = `gyeongdan-${environment}`;
    const { account, region } = settings;
    super(scope, name, {
      env: { account, region },
      terminationProtection: true,
      description: `Gyeongdan, ${environment}`,
    });
    this.zones = [`${region}a`, `${region}c`];
    Tags.of(this).add('service', name);
    const logRetention = settings.logDays;

    const topic = new Topic(this, 'AlarmTopic', { topicName: `${name}-alarms`, enforceSSL: true });
    // Its own policy takes the place of the one by which alarms may be told.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    for (const address of settings.alarmEmails) topic.addSubscription(new EmailSubscription(address));
    const network = new Network(this, { name, ...settings.network, logRetention });
    const database = new Database(this, { name, network, settings: settings.database, logRetention });
    const queue = new Queue(this, { name, network, settings: settings.queue });
    const secrets = new FilledInSecrets(this, name);
    const { repository } = new Registry(this, name);
    const instances = new Instances(this, { name, network, settings: settings.instances, topic });
    const processes = new Processes(this, {
      name,
      settings,
      repository,
      secrets: { ...secrets, databaseUrl: database.url, queueUrl: queue.url },
      trustedProxies: network.balancerRanges,
      logRetention,
    });
    const figures = new WorkFigures(this, { name, log: processes.workerLog });
    const { balancer, listener, gateways } = new Balancer(this, { name, network, settings });
    const { oldestDue } = figures;
    const services = new Services(this, {
      name, instances, tasks: processes, gateways, settings, oldestDue, running,
    }); // prettier-ignore
    services.node.addDependency(listener, database.instance, instances.capacity);
    if (settings.firewall) new Firewall(this, { name, balancer });
    const alarms = new Alarms(this, {
      name, topic, settings, balancer, gateways, database: database.instance, queue, figures,
    }); // prettier-ignore
    addOverview(this, { name, alarms, gateways, services, database: database.instance, figures });
    const { role } = new DeployRole(this, {
      name, environment, settings: settings.github, repository, instances, processes, services,
    }); // prettier-ignore

    const outputs: Record<string, string> = {
      Region: region,
      PublicUrl: `https://${settings.domain}`,
      DeployRoleArn: role.roleArn,
      RepositoryName: repository.repositoryName,
      RepositoryUri: repository.repositoryUri,
      ClusterName: name,
      GatewayServiceName: `${name}-gateway`,
      WorkerServiceName: `${name}-worker`,
      GatewayTaskFamily: `${name}-gateway`,
      WorkerTaskFamily: `${name}-worker`,
      MigrateTaskFamily: `${name}-migrate`,
      ImageTagParameter: processes.imageTagParameter,
      ApplicationSecretName: `${name}/application`,
      WorkerSecretName: `${name}/worker`,
      AlarmTopicArn: topic.topicArn,
    };
    for (const [id, value] of Object.entries(outputs)) new CfnOutput(this, id, { value });
  }

  /** Written down: with an account that is known CDK would ask AWS. */
  override get availabilityZones(): string[] {
    return this.zones;
  }
}
