import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import {
  type ApplicationListener, ApplicationLoadBalancer, ApplicationProtocol, ApplicationTargetGroup, DesyncMitigationMode,
  ListenerAction, SslPolicy, TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'; // prettier-ignore
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { justified } from './justified';
import type { Network } from './network';
import type { EnvironmentSettings } from './settings.schema';
import { TIMINGS } from './timings';

export interface BalancerProps {
  name: string;
  network: Network;
  settings: Pick<EnvironmentSettings, 'domain' | 'hostedZone' | 'logDays'>;
}

/** The public side: name, certificate and load balancer. */
export class Balancer extends Construct {
  readonly balancer: ApplicationLoadBalancer;
  readonly listener: ApplicationListener;
  readonly gateways: ApplicationTargetGroup;

  constructor(scope: Construct, { name, network, settings }: BalancerProps) {
    super(scope, 'Balancer');
    const { domain, hostedZone, logDays } = settings;
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: hostedZone.id,
      zoneName: hostedZone.name,
    });
    const certificate = new Certificate(this, 'Certificate', {
      domainName: domain,
      validation: CertificateValidation.fromDns(zone),
    });
    this.balancer = new ApplicationLoadBalancer(this, 'Balancer', {
      loadBalancerName: name,
      vpc: network.vpc,
      internetFacing: true,
      securityGroup: network.balancer,
      deletionProtection: true,
      idleTimeout: TIMINGS.idleTimeout,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: DesyncMitigationMode.DEFENSIVE,
    });
    this.balancer.logAccessLogs(this.accessLogs(logDays));
    this.gateways = new ApplicationTargetGroup(this, 'Gateways', {
      targetGroupName: `${name}-gateway`,
      vpc: network.vpc,
      protocol: ApplicationProtocol.HTTP,
      targetType: TargetType.INSTANCE,
      deregistrationDelay: TIMINGS.deregistrationDelay,
      healthCheck: { ...TIMINGS.healthCheck, path: '/health/ready', healthyHttpCodes: '200' },
    });
    this.balancer.addListener('Http', { port: 80, open: false, defaultAction: redirectToHttps() });
    this.listener = this.balancer.addListener('Https', {
      port: 443,
      open: false,
      certificates: [certificate],
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
      defaultTargetGroups: [this.gateways],
    });
    new ARecord(this, 'Name', {
      zone,
      recordName: `${domain}.`,
      target: RecordTarget.fromAlias(new LoadBalancerTarget(this.balancer)),
    });
  }

  private accessLogs(days: number): Bucket {
    const bucket = new Bucket(this, 'AccessLogs', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(days) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    justified(bucket, { 'AwsSolutions-S1': 'It holds logs itself.' });
    return bucket;
  }
}

function redirectToHttps() {
  return ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true });
}
