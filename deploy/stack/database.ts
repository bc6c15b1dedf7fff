import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  CaCertificate, Credentials, DatabaseInstance, DatabaseInstanceEngine, ParameterGroup, PostgresEngineVersion, StorageType,
  SubnetGroup,
} from 'aws-cdk-lib/aws-rds'; // prettier-ignore
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { justified } from './justified';
import type { Network } from './network';
import type { EnvironmentSettings } from './settings.schema';
import { derivedSecret } from './secrets';

/** In the image; see the Dockerfile. */
const AUTHORITIES = '/app/deploy/rds-ca.pem';
const USER = 'gyeongdan';
const DATABASE = 'gyeongdan';

export interface DatabaseProps {
  name: string;
  network: Network;
  settings: EnvironmentSettings['database'];
  logRetention: RetentionDays;
}

/** PostgreSQL of RDS, which answers by TLS only. */
export class Database extends Construct {
  readonly instance: DatabaseInstance;
  /** DATABASE_URL, with a certificate that is verified. */
  readonly url: Secret;

  constructor(scope: Construct, { name, network, settings, logRetention }: DatabaseProps) {
    super(scope, 'Database');
    const password = new Secret(this, 'Password', {
      secretName: `${name}/database-password`,
      description: `PostgreSQL of ${name}: who may do everything in it`,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: USER }),
        generateStringKey: 'password',
        // It stands in a URL.
        excludePunctuation: true,
        passwordLength: 40,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const engine = DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.of('18', '18') });
    const { vpc, database: securityGroup, dataSubnets } = network;
    this.instance = new DatabaseInstance(this, 'Instance', {
      instanceIdentifier: name,
      databaseName: DATABASE,
      engine,
      instanceType: new InstanceType(settings.instanceType),
      credentials: Credentials.fromSecret(password),
      vpc,
      subnetGroup: new SubnetGroup(this, 'Subnets', {
        vpc,
        vpcSubnets: { subnets: dataSubnets },
        description: name,
      }),
      securityGroups: [securityGroup],
      publiclyAccessible: false,
      multiAz: settings.multiAz,
      storageType: StorageType.GP3,
      allocatedStorage: settings.storageGib,
      maxAllocatedStorage: settings.maxStorageGib,
      storageEncrypted: true,
      backupRetention: Duration.days(settings.backupDays),
      deleteAutomatedBackups: false,
      copyTagsToSnapshot: true,
      preferredBackupWindow: '18:00-18:30',
      preferredMaintenanceWindow: 'sun:19:00-sun:20:00',
      autoMinorVersionUpgrade: true,
      caCertificate: CaCertificate.RDS_CA_RSA2048_G1,
      parameterGroup: new ParameterGroup(this, 'Parameters', {
        engine,
        description: name,
        parameters: {
          'rds.force_ssl': '1',
          max_connections: String(settings.maxConnections),
          log_min_duration_statement: '1000',
        },
      }),
      cloudwatchLogsExports: ['postgresql'],
      deletionProtection: true,
      removalPolicy: RemovalPolicy.SNAPSHOT,
    });
    // RDS would make it itself, and keep everything for ever.
    const log = new LogGroup(this, 'Log', {
      logGroupName: `/aws/rds/instance/${name}/postgresql`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.instance.node.addDependency(log);
    const { dbInstanceEndpointAddress: host } = this.instance;
    const given = password.secretValueFromJson('password').unsafeUnwrap();
    this.url = derivedSecret(this, 'Url', {
      name: `${name}/database-url`,
      description: `DATABASE_URL of ${name}`,
      value: `postgresql://${USER}:${given}@${host}:5432/${DATABASE}?sslmode=verify-full&sslrootcert=${AUTHORITIES}`,
    });
    justified(password, { 'AwsSolutions-SMG4': 'DATABASE_URL is made of it: it changes by a deployment.' });
    justified(this.instance, {
      'AwsSolutions-RDS11': 'The usual port: only the instances reach it.',
      ...(!settings.multiAz && {
        'AwsSolutions-RDS3': 'An environment for trying things may be away for an hour.',
      }),
    });
  }
}
