import { all, only, synthesise } from './synthesised';

const template = synthesise('production');
const rules = (type: 'Ingress' | 'Egress') => all(template, `AWS::EC2::SecurityGroup${type}`);

describe('the network of AWS', () => {
  it('has two zones, each with its own way out in production, and one in staging', () => {
    const zones = new Set(all(template, 'AWS::EC2::Subnet').map(({ AvailabilityZone }) => AvailabilityZone));
    expect([...zones]).toEqual(['ap-northeast-2a', 'ap-northeast-2c']);
    template.resourceCountIs('AWS::EC2::NatGateway', 2);
    synthesise('staging').resourceCountIs('AWS::EC2::NatGateway', 1);
  });

  it('gives instances no public address', () => {
    const [group] = all(template, 'AWS::AutoScaling::AutoScalingGroup');
    const subnets = JSON.stringify(group!.VPCZoneIdentifier);
    expect(subnets).toContain('instancesSubnet1');
    expect(subnets).not.toContain('public');
  });

  it('lets the load balancer reach the dynamic ports of the instances, and nobody else', () => {
    const toInstances = rules('Ingress').filter(({ GroupId }) =>
      JSON.stringify(GroupId).includes('Instances'),
    );
    expect(toInstances).toMatchObject([{ IpProtocol: 'tcp', FromPort: 32768, ToPort: 65535 }]);
    expect(JSON.stringify(toInstances[0]!.SourceSecurityGroupId)).toContain('Balancer');
    expect(rules('Egress')).toMatchObject([{ FromPort: 32768, ToPort: 65535 }]);
  });

  it('lets only the instances reach PostgreSQL and Redis', () => {
    const of = (name: string) =>
      rules('Ingress').filter(({ GroupId }) => JSON.stringify(GroupId).includes(name));
    for (const [name, port] of Object.entries({ NetworkDatabase: 5432, NetworkQueue: 6379 })) {
      expect(of(name)).toMatchObject([{ FromPort: port, ToPort: port }]);
      expect(JSON.stringify(of(name)[0]!.SourceSecurityGroupId)).toContain('Instances');
    }
  });

  it('is open to the world on 80 and 443 of the load balancer only', () => {
    const open = all(template, 'AWS::EC2::SecurityGroup').flatMap(({ SecurityGroupIngress = [] }) =>
      (SecurityGroupIngress as { CidrIp: string; FromPort: number }[]).map(({ FromPort }) => FromPort),
    );
    expect(open.sort()).toEqual([443, 80].sort());
  });
});

describe('the load balancer', () => {
  const attributes = (type: string, key: string) =>
    Object.fromEntries(
      (only(template, type)[key] as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]),
    );
  const balancer = attributes('AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerAttributes');
  const target = attributes('AWS::ElasticLoadBalancingV2::TargetGroup', 'TargetGroupAttributes');
  const group = only(template, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const listeners = all(template, 'AWS::ElasticLoadBalancingV2::Listener');

  it('speaks HTTPS by TLS 1.2 or newer, and leads HTTP there', () => {
    expect(listeners).toHaveLength(2);
    expect(listeners.find(({ Port }) => Port === 80)).toMatchObject({
      DefaultActions: [
        { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
      ],
    });
    expect(listeners.find(({ Port }) => Port === 443)).toMatchObject({
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      DefaultActions: [{ Type: 'forward' }],
    });
  });

  it('has a certificate that Route 53 proves, and a name', () => {
    template.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'api.gyeongdan.example',
      ValidationMethod: 'DNS',
    });
    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'api.gyeongdan.example.', Type: 'A' });
  });

  it('asks for /health/ready', () => {
    expect(group).toMatchObject({ HealthCheckPath: '/health/ready', Matcher: { HttpCode: '200' } });
  });

  it('has noticed a failed readiness before DRAIN_SECONDS are over, and lets requests end for as long', () => {
    const {
      HealthCheckIntervalSeconds: every,
      HealthCheckTimeoutSeconds: timeout,
      UnhealthyThresholdCount: times,
    } = group as Record<string, number>;
    const [gateway] = all(template, 'AWS::ECS::TaskDefinition').filter(({ Family }) =>
      /-gateway$/.test(String(Family)),
    );
    const [container] = gateway!.ContainerDefinitions as { Environment: { Name: string; Value: string }[] }[];
    const drain = Number(container!.Environment.find(({ Name }) => Name === 'DRAIN_SECONDS')!.Value);
    expect(drain).toBeGreaterThanOrEqual(every! * times! + timeout!);
    expect(Number(target['deregistration_delay.timeout_seconds'])).toBe(drain);
  });

  it('keeps idle sockets longer than the 12 s between two pings, and less long than the gateway keeps a connection', () => {
    const seconds = Number(balancer['idle_timeout.timeout_seconds']);
    expect(seconds).toBeGreaterThan(12);
    expect(seconds).toBeLessThan(72);
  });

  it('binds no reader to a gateway', () => {
    expect(target['stickiness.enabled']).toBe('false');
  });

  it('cannot be deleted by mistake, drops malformed headers and logs who asked', () => {
    expect(balancer).toMatchObject({
      'deletion_protection.enabled': 'true',
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'access_logs.s3.enabled': 'true',
    });
  });

  it('has a firewall in front of it where the settings want one', () => {
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
    synthesise('staging').resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
  });
});
