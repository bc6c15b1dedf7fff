import { Duration } from 'aws-cdk-lib';
import {
  AutoScalingGroup, BlockDeviceVolume, EbsDeviceVolumeType, GroupMetrics, HealthChecks, ScalingEvents, TerminationPolicy,
} from 'aws-cdk-lib/aws-autoscaling'; // prettier-ignore
import { InstanceType, LaunchTemplate, UserData } from 'aws-cdk-lib/aws-ec2';
import { AsgCapacityProvider, Cluster, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { justified } from './justified';
import type { Network } from './network';
import type { EnvironmentSettings } from './settings.schema';

export interface InstancesProps {
  name: string;
  network: Network;
  settings: EnvironmentSettings['instances'];
  /** Told when instances come and go. */
  topic: ITopic;
}

/** ECS on instances of EC2, as many as the tasks need. */
export class Instances extends Construct {
  readonly cluster: Cluster;
  readonly capacity: AsgCapacityProvider;

  constructor(scope: Construct, { name, network, settings, topic }: InstancesProps) {
    super(scope, 'Instances');
    const { vpc, instances: securityGroup } = network;
    this.cluster = new Cluster(this, 'Cluster', { clusterName: name, vpc });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      description: `Instances of ${name}: the agent of ECS`,
    });
    const launchTemplate = new LaunchTemplate(this, 'Template', {
      machineImage: EcsOptimizedImage.amazonLinux2023(),
      instanceType: new InstanceType(settings.type),
      securityGroup,
      role,
      userData: UserData.forLinux(),
      requireImdsv2: true,
      // One hop ends at the instance: no container gets the instance's role.
      httpPutResponseHopLimit: 1,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: BlockDeviceVolume.ebs(30, { encrypted: true, volumeType: EbsDeviceVolumeType.GP3 }),
        },
      ],
    });
    const group = new AutoScalingGroup(this, 'Group', {
      autoScalingGroupName: name,
      vpc,
      vpcSubnets: { subnets: vpc.privateSubnets },
      launchTemplate,
      minCapacity: settings.min,
      maxCapacity: settings.max,
      healthChecks: HealthChecks.ec2({ gracePeriod: Duration.minutes(2) }),
      groupMetrics: [GroupMetrics.all()],
      terminationPolicies: [TerminationPolicy.OLDEST_LAUNCH_TEMPLATE, TerminationPolicy.DEFAULT],
      // So they take up what is new in the image of ECS, one after the other.
      maxInstanceLifetime: Duration.days(30),
      notifications: [{ topic, scalingEvents: ScalingEvents.ERRORS }],
    });
    this.capacity = new AsgCapacityProvider(this, 'Capacity', {
      capacityProviderName: name,
      autoScalingGroup: group,
      enableManagedScaling: true,
      targetCapacityPercent: 100,
      // An instance that goes hands its tasks on first; protected ones would outlive their 30 days.
      enableManagedDraining: true,
      enableManagedTerminationProtection: false,
    });
    this.cluster.addAsgCapacityProvider(this.capacity);
    this.cluster.addDefaultCapacityProviderStrategy([
      { capacityProvider: this.capacity.capacityProviderName, weight: 1 },
    ]);
    justified(this.cluster, {
      'AwsSolutions-ECS4':
        'The alarms rest on the load balancer, the database and our own figures, which cost less.',
    });
    justified(group, {
      'AwsSolutions-AS3': 'Instances come and go with the load: only errors are told.',
    });
    justified(role, {
      'AwsSolutions-IAM5[Resource::*]': 'What the agent of ECS asks for knows no narrower resource.',
      'AwsSolutions-IAM5[Action::ecs:Submit*]':
        'The agent tells the state of containers, tasks and attachments.',
    });
  }
}
