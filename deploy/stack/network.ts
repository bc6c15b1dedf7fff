import { RemovalPolicy } from 'aws-cdk-lib';
import {
  FlowLogDestination, FlowLogTrafficType, GatewayVpcEndpointAwsService, IpAddresses, type ISubnet, Peer, Port, SecurityGroup,
  SubnetType, Vpc,
} from 'aws-cdk-lib/aws-ec2'; // prettier-ignore
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { justified } from './justified';

/** Host ports that Docker gives to containers without one of their own. */
const DYNAMIC_PORTS = Port.tcpRange(32_768, 65_535);

export interface NetworkProps {
  name: string;
  cidr: string;
  natGateways: number;
  logRetention: RetentionDays;
}

/** Two zones: the load balancer in public subnets, instances behind NAT, the database and the queue without a way out. */
export class Network extends Construct {
  readonly vpc: Vpc;
  readonly balancer: SecurityGroup;
  readonly instances: SecurityGroup;
  readonly database: SecurityGroup;
  readonly queue: SecurityGroup;

  constructor(scope: Construct, { name, cidr, natGateways, logRetention }: NetworkProps) {
    super(scope, 'Network');
    this.vpc = new Vpc(this, 'Vpc', {
      vpcName: name,
      ipAddresses: IpAddresses.cidr(cidr),
      natGateways,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24 },
        { name: 'instances', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 22 },
        { name: 'data', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 26 },
      ],
      // The layers of images come from there, past the NAT and what it costs.
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    });
    justified(this.vpc, {
      'CloudFormation-Validate::W3010':
        'Zones that are asked for at AWS would keep `cdk synth` from running offline.',
    });
    const logGroup = new LogGroup(this, 'Refused', {
      logGroupName: `/${name}/refused-connections`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.vpc.addFlowLog('FlowLog', {
      destination: FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: FlowLogTrafficType.REJECT,
    });

    const group = (id: string, description: string, allowAllOutbound: boolean) =>
      new SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound });
    this.balancer = group('Balancer', 'Load balancer: the world by HTTPS', false);
    this.instances = group('Instances', 'Instances: only the load balancer', true);
    this.database = group('Database', 'PostgreSQL: only the instances', false);
    this.queue = group('Queue', 'Redis: only the instances', false);
    this.balancer.addIngressRule(Peer.anyIpv4(), Port.tcp(443), 'browsers');
    this.balancer.addIngressRule(Peer.anyIpv4(), Port.tcp(80), 'led to HTTPS');
    justified(this.balancer, {
      'AwsSolutions-EC23': 'The public reaches the service here, and nothing else.',
    });
    // With dynamic host ports ECS adds no rule by itself.
    this.balancer.connections.allowTo(this.instances, DYNAMIC_PORTS, 'containers');
    this.instances.connections.allowTo(this.database, Port.tcp(5432), 'PostgreSQL');
    this.instances.connections.allowTo(this.queue, Port.tcp(6379), 'Redis');
  }

  get dataSubnets(): ISubnet[] {
    return this.vpc.isolatedSubnets;
  }

  /** Where the load balancer's addresses are: whose X-Forwarded-For may be believed. */
  get balancerRanges(): string[] {
    return this.vpc.publicSubnets.map((subnet) => subnet.ipv4CidrBlock);
  }
}
