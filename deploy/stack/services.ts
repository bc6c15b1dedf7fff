import { Duration } from 'aws-cdk-lib';
import { AdjustmentType } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Ec2Service, type Ec2TaskDefinition, PlacementStrategy } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { Instances } from './cluster';
import { GATEWAY_PORT } from './processes';
import type { EnvironmentSettings } from './settings.schema';
import { TIMINGS } from './timings';

const BUSY_PERCENT = 60;
/** A gateway answers some hundred requests a second on a core. */
const REQUESTS_A_MINUTE = 3_000;

export interface ServicesProps {
  name: string;
  instances: Instances;
  tasks: { gateway: Ec2TaskDefinition; worker: Ec2TaskDefinition };
  gateways: ApplicationTargetGroup;
  settings: Pick<EnvironmentSettings, 'gateway' | 'worker'>;
  /** Seconds that the job which is due first has waited. */
  oldestDue: IMetric;
  /** False for the first deployment: there is nothing to run yet. */
  running: boolean;
}

/** Gateways behind the load balancer and workers, replaced without a pause and scaled by what they have to do. */
export class Services extends Construct {
  readonly gateway: Ec2Service;
  readonly worker: Ec2Service;

  constructor(
    scope: Construct,
    { name, instances, tasks, gateways, settings, oldestDue, running }: ServicesProps,
  ) {
    super(scope, 'Services');
    const service = (process: 'gateway' | 'worker') =>
      new Ec2Service(this, process, {
        serviceName: `${name}-${process}`,
        cluster: instances.cluster,
        taskDefinition: tasks[process],
        capacityProviderStrategies: [
          { capacityProvider: instances.capacity.capacityProviderName, weight: 1 },
        ],
        placementStrategies: [
          PlacementStrategy.spreadAcross('attribute:ecs.availability-zone'),
          PlacementStrategy.spreadAcrossInstances(),
        ],
        // Otherwise as many as there are, or the fewest that scaling allows.
        ...(!running && { desiredCount: 0 }),
        minHealthyPercent: 100,
        maxHealthyPercent: 200,
        circuitBreaker: { enable: true, rollback: true },
        ...(process === 'gateway' && { healthCheckGracePeriod: TIMINGS.healthCheckGrace }),
      });
    this.gateway = service('gateway');
    this.worker = service('worker');
    gateways.addTarget(
      this.gateway.loadBalancerTarget({ containerName: 'gateway', containerPort: GATEWAY_PORT }),
    );

    const scaled = (process: 'gateway' | 'worker') => {
      const { min, max } = settings[process];
      const count = this[process].autoScaleTaskCount({ minCapacity: running ? min : 0, maxCapacity: max });
      count.scaleOnCpuUtilization('Cpu', {
        targetUtilizationPercent: BUSY_PERCENT,
        scaleInCooldown: Duration.minutes(5),
      });
      return count;
    };
    scaled('gateway').scaleOnRequestCount('Requests', {
      requestsPerTarget: REQUESTS_A_MINUTE,
      targetGroup: gateways,
      scaleInCooldown: Duration.minutes(5),
    });
    scaled('worker').scaleOnMetric('OldestDue', {
      metric: oldestDue,
      adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
      scalingSteps: [
        { upper: 10, change: -1 },
        { lower: 120, change: 1 },
        { lower: 600, change: 2 },
      ],
      cooldown: Duration.minutes(5),
    });
  }
}
