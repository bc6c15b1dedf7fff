import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnParameterGroup, CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { justified } from './justified';
import type { Network } from './network';
import { derivedSecret } from './secrets';
import type { EnvironmentSettings } from './settings.schema';

export interface QueueProps {
  name: string;
  network: Network;
  settings: EnvironmentSettings['queue'];
}

/** Redis of ElastiCache, by TLS and with a password. Nothing in it has to outlive it. */
export class Queue extends Construct {
  readonly replicationGroupId: string;
  /** QUEUE_URL. */
  readonly url: Secret;

  constructor(scope: Construct, { name, network, settings: { nodeType, replicas } }: QueueProps) {
    super(scope, 'Queue');
    const token = new Secret(this, 'Token', {
      secretName: `${name}/queue-token`,
      description: `Password of the Redis of ${name}`,
      // It stands in a URL, and ElastiCache takes few marks.
      generateSecretString: { excludePunctuation: true, passwordLength: 40 },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const parameters = new CfnParameterGroup(this, 'Parameters', {
      cacheParameterGroupFamily: 'redis7',
      description: name,
      // A queue must refuse what it has no room for, and forget nothing.
      properties: { 'maxmemory-policy': 'noeviction' },
    });
    const subnets = new CfnSubnetGroup(this, 'Subnets', {
      cacheSubnetGroupName: name,
      description: name,
      subnetIds: network.dataSubnets.map((subnet) => subnet.subnetId),
    });
    const given = token.secretValue.unsafeUnwrap();
    this.replicationGroupId = name;
    const redis = new CfnReplicationGroup(this, 'Redis', {
      replicationGroupId: name,
      replicationGroupDescription: `Queue of ${name}`,
      engine: 'redis',
      engineVersion: '7.1',
      cacheNodeType: nodeType,
      numCacheClusters: 1 + replicas,
      automaticFailoverEnabled: replicas > 0,
      multiAzEnabled: replicas > 0,
      cacheParameterGroupName: parameters.ref,
      cacheSubnetGroupName: subnets.ref,
      securityGroupIds: [network.queue.securityGroupId],
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: true,
      authToken: given,
      preferredMaintenanceWindow: 'sun:19:00-sun:20:00',
    });
    this.url = derivedSecret(this, 'Url', {
      name: `${name}/queue-url`,
      description: `QUEUE_URL of ${name}`,
      value: `rediss://:${given}@${redis.attrPrimaryEndPointAddress}:6379`,
    });
    justified(token, { 'AwsSolutions-SMG4': 'QUEUE_URL is made of it: it changes by a deployment.' });
    justified(redis, {
      'AwsSolutions-AEC5': 'The usual port: only the instances reach it.',
      ...(replicas === 0 && {
        'AwsSolutions-AEC4': 'Losing the queue loses nothing: jobs are rows of the database.',
      }),
    });
  }
}
