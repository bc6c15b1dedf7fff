import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WORK_LINE } from '../../src/domain/jobs/work-report.service';
import { all, synthesise } from './synthesised';

const template = synthesise('production');
const NAME = 'gyeongdan-production';
// Scaling has alarms of its own, which have no name.
const alarms = all(template, 'AWS::CloudWatch::Alarm').filter(({ AlarmName }) => AlarmName !== undefined);
const alarm = (id: string) => alarms.find(({ AlarmName }) => AlarmName === `${NAME}-${id}`)!;
const guide = readFileSync(path.join(__dirname, '../../docs/operations.md'), 'utf8');

describe('the alarms', () => {
  it.each([
    ['gateway-5xx', 'more than 1 % of the answers', 1, 'GreaterThanThreshold'],
    ['gateway-p99', 'the slowest hundredth in seconds', 0.5, 'GreaterThanThreshold'],
    ['gateway-unhealthy-hosts', 'a gateway that is not ready', 0, 'GreaterThanThreshold'],
    ['gateway-none', 'no gateway at all', 1, 'LessThanThreshold'],
    ['jobs-waiting', 'seconds that a job has waited', 300, 'GreaterThanThreshold'],
    ['model-budget', 'percent of the day’s budget', 80, 'GreaterThanThreshold'],
    ['database-storage', 'bytes that are left', 0.15 * 50 * 2 ** 30, 'LessThanThreshold'],
    ['database-connections', 'of 300', 240, 'GreaterThanThreshold'],
    ['database-cpu', 'percent', 80, 'GreaterThanThreshold'],
    ['queue-memory', 'percent', 80, 'GreaterThanThreshold'],
  ])('%s looks at %s', (id, _what, Threshold, ComparisonOperator) => {
    expect(alarm(id)).toMatchObject({ Threshold, ComparisonOperator });
  });

  it('are all told to the same people, also when they are over', () => {
    for (const { AlarmActions, OKActions } of alarms) {
      expect(JSON.stringify(AlarmActions)).toContain('AlarmTopic');
      expect(OKActions).toEqual(AlarmActions);
    }
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'operations@gyeongdan.example',
    });
  });

  it('may be told: CloudWatch may publish to the topic, by TLS only', () => {
    const [policy] = all(template, 'AWS::SNS::TopicPolicy');
    expect(policy!.PolicyDocument).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } }),
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]) as unknown,
    });
  });

  it('take silence for a fault where it is one: no gateway, no worker', () => {
    const silent = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(silent.map(({ AlarmName }) => AlarmName).sort()).toEqual([
      `${NAME}-gateway-none`,
      `${NAME}-jobs-waiting`,
    ]);
  });

  it('each stand in docs/operations.md, and nothing else does', () => {
    const section = guide.split('## Alarms of AWS')[1]!.split('\n## ')[0]!;
    const explained = [...section.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, id]) => `${NAME}-${id}`);
    expect(explained.sort()).toEqual(alarms.map(({ AlarmName }) => AlarmName).sort());
  });
});

describe('figures of the work', () => {
  const filters = all(template, 'AWS::Logs::MetricFilter');

  it('are taken from the line that a worker writes each minute', () => {
    const worker = Object.entries(template.findResources('AWS::Logs::LogGroup')).find(
      ([, { Properties }]) => (Properties as { LogGroupName: string }).LogGroupName === `/${NAME}/worker`,
    )![0];
    for (const { FilterPattern, LogGroupName } of filters) {
      expect(FilterPattern).toContain(`($.msg = "${WORK_LINE}")`);
      expect(LogGroupName).toEqual({ Ref: worker });
    }
  });

  it('are the fields of that line', () => {
    const fields = filters.map(
      ({ MetricTransformations }) => (MetricTransformations as { MetricValue: string }[])[0]!.MetricValue,
    );
    expect(fields.sort()).toEqual(['$.budgetUsedPercent', '$.oldestDueSeconds']);
    // test/domain/jobs/work-report.test.ts sees the line with them.
    for (const field of fields)
      expect(
        readFileSync(path.join(__dirname, '../../test/domain/jobs/work-report.test.ts'), 'utf8'),
      ).toContain(field.slice(2));
  });
});

it('one page shows what the alarms look at', () => {
  template.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: NAME });
});
