import { Duration } from 'aws-cdk-lib';
import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** The line that one of the workers writes each minute: src/domain/jobs/work-report.service.ts. */
export const WORK_LINE = 'how the work stands';

/** Figures that CloudWatch takes from the workers' log. Without a worker there are none. */
export class WorkFigures extends Construct {
  /** Seconds. */
  readonly oldestDue: Metric;
  /** Of the day's budget for models, in percent. */
  readonly budgetUsed: Metric;

  constructor(
    scope: Construct,
    private readonly props: { name: string; log: LogGroup },
  ) {
    super(scope, 'WorkFigures');
    this.oldestDue = this.figure('oldestDueSeconds');
    this.budgetUsed = this.figure('budgetUsedPercent');
  }

  private figure(field: string): Metric {
    const { name, log } = this.props;
    const line = FilterPattern.stringValue('$.msg', '=', WORK_LINE);
    const filter = log.addMetricFilter(field, {
      filterPattern: FilterPattern.all(line, FilterPattern.numberValue(`$.${field}`, '>=', 0)),
      metricNamespace: name,
      metricName: field,
      metricValue: `$.${field}`,
    });
    return filter.metric({ statistic: Stats.MAXIMUM, period: Duration.minutes(1) });
  }
}
