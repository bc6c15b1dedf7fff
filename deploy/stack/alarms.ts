import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import {
  type ApplicationLoadBalancer, type ApplicationTargetGroup, HttpCodeElb, HttpCodeTarget,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'; // prettier-ignore
import type { DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { EnvironmentSettings } from './settings.schema';
import type { WorkFigures } from './work-figures';

const GIB = 2 ** 30;
const minutes = (count: number) => Duration.minutes(count);

export interface AlarmsProps {
  name: string;
  topic: ITopic;
  settings: EnvironmentSettings;
  balancer: ApplicationLoadBalancer;
  gateways: ApplicationTargetGroup;
  database: DatabaseInstance;
  queue: { replicationGroupId: string };
  figures: WorkFigures;
}

interface Threshold {
  metric: IMetric;
  /** Passed when the metric is greater, or less. */
  above?: number;
  below?: number;
  /** Periods of the metric, all of which must be beyond it. */
  periods: number;
  /** What silence means; it is well unless said. */
  silence?: TreatMissingData;
}

/** What somebody must look at; docs/operations.md says for each what to do. */
export class Alarms extends Construct {
  readonly alarms: Alarm[] = [];
  readonly errorShare: IMetric;
  readonly slowest: IMetric;

  constructor(
    scope: Construct,
    private readonly props: AlarmsProps,
  ) {
    super(scope, 'Alarms');
    const { settings, balancer, gateways, database, queue, figures } = props;
    this.errorShare = errorShareOf(balancer, gateways);
    this.slowest = gateways.metrics.targetResponseTime({ statistic: 'p99', period: minutes(5) });

    this.add('gateway-5xx', { metric: this.errorShare, above: 1, periods: 5 });
    this.add('gateway-p99', { metric: this.slowest, above: 0.5, periods: 2 });
    const unhealthy = gateways.metrics.unhealthyHostCount({ statistic: Stats.MAXIMUM, period: minutes(1) });
    this.add('gateway-unhealthy-hosts', { metric: unhealthy, above: 0, periods: 5 });
    const healthy = gateways.metrics.healthyHostCount({ statistic: Stats.MINIMUM, period: minutes(1) });
    this.add('gateway-none', { metric: healthy, below: 1, periods: 2, silence: TreatMissingData.BREACHING });

    const { oldestDue, budgetUsed } = figures;
    const waiting = oldestDue.with({ period: minutes(5) });
    this.add('jobs-waiting', {
      metric: waiting,
      above: 300,
      periods: 2,
      silence: TreatMissingData.BREACHING,
    });
    this.add('model-budget', { metric: budgetUsed.with({ period: minutes(5) }), above: 80, periods: 1 });

    const { storageGib, maxConnections } = settings.database;
    const space = database.metricFreeStorageSpace({ statistic: Stats.MINIMUM, period: minutes(5) });
    this.add('database-storage', { metric: space, below: 0.15 * storageGib * GIB, periods: 2 });
    const connections = database.metricDatabaseConnections({ statistic: Stats.MAXIMUM, period: minutes(5) });
    this.add('database-connections', { metric: connections, above: 0.8 * maxConnections, periods: 2 });
    const cpu = database.metricCPUUtilization({ period: minutes(5) });
    this.add('database-cpu', { metric: cpu, above: 80, periods: 3 });
    const memory = new Metric({
      namespace: 'AWS/ElastiCache',
      metricName: 'DatabaseMemoryUsagePercentage',
      dimensionsMap: { ReplicationGroupId: queue.replicationGroupId },
      statistic: Stats.MAXIMUM,
      period: minutes(5),
    });
    this.add('queue-memory', { metric: memory, above: 80, periods: 2 });
  }

  private add(id: string, { metric, above, below, periods, silence }: Threshold): void {
    const alarm = new Alarm(this, id, {
      alarmName: `${this.props.name}-${id}`,
      alarmDescription: `docs/operations.md, Alarms of AWS: ${id}`,
      metric,
      threshold: above ?? below!,
      comparisonOperator:
        above === undefined
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: silence ?? TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(this.props.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    this.alarms.push(alarm);
  }
}

/** Percent of the requests of a minute; a few of a quiet minute are none. */
function errorShareOf(balancer: ApplicationLoadBalancer, gateways: ApplicationTargetGroup): IMetric {
  const summed = { statistic: Stats.SUM, period: minutes(1) };
  return new MathExpression({
    label: '5xx, percent',
    expression: 'IF(FILL(requests, 0) > 100, 100 * (FILL(ours, 0) + FILL(theirs, 0)) / requests, 0)',
    usingMetrics: {
      requests: balancer.metrics.requestCount(summed),
      ours: gateways.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, summed),
      theirs: balancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, summed),
    },
    period: minutes(1),
  });
}
