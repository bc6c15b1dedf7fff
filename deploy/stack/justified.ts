import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Lets rules of cdk-nag not hold for a construct and what is in it, each for a reason. */
export function justified(construct: IConstruct, reasons: Record<string, string>): void {
  for (const [id, reason] of Object.entries(reasons)) Validations.of(construct).acknowledge({ id, reason });
}
