import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { bothEnvironments, checkedApp } from './synthesised';

describe('`cdk synth`', () => {
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID } = process.env;
  const assembly = bothEnvironments().synth();
  afterAll(() => rmSync(assembly.directory, { recursive: true }));

  it('makes both environments without an account', () => {
    expect([AWS_PROFILE, AWS_ACCESS_KEY_ID]).toEqual([undefined, undefined]);
    const names = assembly.stacks.map(({ stackName }) => stackName).sort();
    expect(names).toEqual(['gyeongdan-production', 'gyeongdan-staging']);
    // What CDK would have to ask AWS.
    expect(assembly.manifest.missing ?? []).toEqual([]);
  });

  it('finds nothing by the rules of CloudFormation that is not justified', () => {
    const report = JSON.parse(
      readFileSync(path.join(assembly.directory, 'validation-report.json'), 'utf8'),
    ) as {
      pluginReports: { pluginName: string; conclusion: string; violations: object[] }[];
    };
    expect(report.pluginReports).toMatchObject([
      { pluginName: 'CloudFormation Validate', conclusion: 'success', violations: [] },
    ]);
  });

  it('stops at what cdk-nag finds and nobody has justified', () => {
    const careless = checkedApp();
    const stack = new Stack(careless, 'careless');
    new SecurityGroup(stack, 'Open', { vpc: new Vpc(stack, 'Vpc') }).addIngressRule(
      Peer.anyIpv4(),
      Port.tcp(22),
    );
    expect(() => careless.synth()).toThrow(/AwsSolutions-EC23/);
  });

  it('protects both stacks from being deleted by mistake', () => {
    for (const { terminationProtection } of assembly.stacks) expect(terminationProtection).toBe(true);
  });
});
