import type { Template } from 'aws-cdk-lib/assertions';
import { all } from './synthesised';

export interface Container {
  Name: string;
  Environment: { Name: string; Value: string }[];
  Secrets: { Name: string; ValueFrom: unknown }[];
  [property: string]: unknown;
}

/** The container of a process, with its task. */
export function containerOf(template: Template, process: 'gateway' | 'worker' | 'migrate') {
  const task = all(template, 'AWS::ECS::TaskDefinition').find(({ Family }) =>
    String(Family).endsWith(`-${process}`),
  )!;
  const [container, ...others] = task.ContainerDefinitions as Container[];
  if (others.length > 0) throw new Error('more than one container');
  return { task, container: container! };
}

/** As CloudFormation resolves it: random letters for passwords, names for what AWS gives. */
export function filled(value: unknown): string {
  const text = typeof value === 'string' ? value : joined(value);
  return text.replace(/\{\{resolve:secretsmanager:[^}]+\}\}/g, 'k7Qz'.repeat(10));
}

function joined(value: unknown): string {
  const [separator, parts] = (value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : attribute(part))).join(separator);
}

function attribute(part: unknown): string {
  return 'Ref' in (part as object) ? 'reference' : 'endpoint.ap-northeast-2.amazonaws.com';
}
