import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Of one address in five minutes: far above what the gateway itself allows (RATE_LIMIT_PER_ADDRESS). */
const REQUESTS_OF_ADDRESS = 20_000;

/** Keeps known attackers and floods from the load balancer. GraphQL's own limits are the gateway's. */
export class Firewall extends Construct {
  constructor(scope: Construct, { name, balancer }: { name: string; balancer: ApplicationLoadBalancer }) {
    super(scope, 'Firewall');
    const seen = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: false,
      metricName,
    });
    const managed = (ruleGroup: string, priority: number): CfnWebACL.RuleProperty => ({
      name: ruleGroup,
      priority,
      overrideAction: { none: {} },
      statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: ruleGroup } },
      visibilityConfig: seen(ruleGroup),
    });
    const acl = new CfnWebACL(this, 'Acl', {
      name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: seen(name),
      rules: [
        {
          name: 'Floods',
          priority: 0,
          action: { block: {} },
          statement: { rateBasedStatement: { limit: REQUESTS_OF_ADDRESS, aggregateKeyType: 'IP' } },
          visibilityConfig: seen('Floods'),
        },
        managed('AWSManagedRulesAmazonIpReputationList', 1),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 2),
      ],
    });
    new CfnWebACLAssociation(this, 'Association', {
      resourceArn: balancer.loadBalancerArn,
      webAclArn: acl.attrArn,
    });
  }
}
