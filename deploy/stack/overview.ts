import { AlarmStatusWidget, Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { Alarms } from './alarms';
import type { Services } from './services';
import type { WorkFigures } from './work-figures';

export interface OverviewProps {
  name: string;
  alarms: Alarms;
  gateways: ApplicationTargetGroup;
  services: Services;
  database: DatabaseInstance;
  figures: WorkFigures;
}

/** One page with what the alarms look at. */
export function addOverview(
  scope: Construct,
  { name, alarms, gateways, services, database, figures }: OverviewProps,
): void {
  const graph = (title: string, ...left: IMetric[]) => new GraphWidget({ title, left, width: 8 });
  const dashboard = new Dashboard(scope, 'Overview', { dashboardName: name });
  dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: alarms.alarms, width: 24 }));
  dashboard.addWidgets(
    graph('Requests', gateways.metrics.requestCount()),
    graph('5xx, percent', alarms.errorShare),
    graph('Slowest hundredth, seconds', alarms.slowest),
  );
  dashboard.addWidgets(
    graph('CPU, percent', services.gateway.metricCpuUtilization(), services.worker.metricCpuUtilization()),
    graph(
      'Memory, percent',
      services.gateway.metricMemoryUtilization(),
      services.worker.metricMemoryUtilization(),
    ),
    graph('Oldest job that is due, seconds', figures.oldestDue),
  );
  dashboard.addWidgets(
    graph('Budget for models, percent', figures.budgetUsed),
    graph('Connections to PostgreSQL', database.metricDatabaseConnections()),
    graph('CPU of PostgreSQL, percent', database.metricCPUUtilization()),
  );
}
