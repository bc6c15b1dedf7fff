import { all, synthesise, synthesiseOtherwise } from './synthesised';

interface Statement {
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

const template = synthesise('staging');
const NAME = 'gyeongdan-staging';
const roleIn = (one: ReturnType<typeof synthesise>, name: string) =>
  all(one, 'AWS::IAM::Role').find(({ RoleName }) => RoleName === name)!;
const policy = all(template, 'AWS::IAM::Policy').find(({ Roles }) =>
  JSON.stringify(Roles).includes('DeployRole'),
)!;
const { Statement: statements } = policy.PolicyDocument as { Statement: Statement[] };
const allowing = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));

describe('the role of deployments', () => {
  it('is taken only by jobs of GitHub for that environment of that repository', () => {
    expect(roleIn(template, `${NAME}-deploy`).AssumeRolePolicyDocument).toMatchObject({
      Statement: [
        {
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
              'token.actions.githubusercontent.com:sub': 'repo:gyeongdan@1/gyeongdan@1:environment:staging',
            },
          },
        },
      ],
    });
  });

  it('knows a repository made before 15 July 2026 by its name alone', () => {
    const older = synthesiseOtherwise();
    expect(JSON.stringify(roleIn(older, `${NAME}-deploy`))).toContain(
      'repo:gyeongdan/gyeongdan:environment:staging',
    );
  });

  it('may do these things and no others', () => {
    const actions = statements.flatMap(({ Action }) => Action).sort();
    expect([...new Set(actions)]).toEqual([
      'ecr:BatchCheckLayerAvailability', 'ecr:CompleteLayerUpload', 'ecr:DescribeImages',
      'ecr:GetAuthorizationToken', 'ecr:InitiateLayerUpload', 'ecr:PutImage',
      'ecr:UploadLayerPart', 'ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks', 'ecs:ListTasks',
      'ecs:RegisterTaskDefinition', 'ecs:RunTask', 'ecs:StopTask', 'ecs:UpdateService', 'iam:PassRole',
      'logs:FilterLogEvents', 'logs:GetLogEvents', 'ssm:GetParameter', 'ssm:PutParameter',
    ]); // prettier-ignore
  });

  it('runs the migration only, in this cluster only', () => {
    expect(allowing('ecs:RunTask')).toMatchObject([
      { Resource: expect.stringMatching(/:task-definition\/gyeongdan-staging-migrate:\*$/) as unknown },
    ]);
    expect(allowing('ecs:RunTask')[0]!.Condition).toHaveProperty('ArnEquals');
  });

  it('updates the two services only', () => {
    const [{ Resource }] = allowing('ecs:UpdateService') as [Statement];
    const ids = JSON.stringify(Resource).match(/Services\w+?Service/g);
    expect(new Set(ids)).toEqual(new Set(['ServicesgatewayService', 'ServicesworkerService']));
  });

  it('hands the roles of the tasks to ECS only', () => {
    const [pass] = allowing('iam:PassRole') as [Statement];
    expect(pass.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } });
    expect(JSON.stringify(pass.Resource).match(/Processes\w+?Role/g)).toHaveLength(6);
  });

  it('has a resource for all but what AWS gives none to', () => {
    const everywhere = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect(everywhere.sort()).toEqual([
      'ecr:GetAuthorizationToken', 'ecs:DescribeTaskDefinition', 'ecs:ListTasks', 'ecs:RegisterTaskDefinition',
    ]); // prettier-ignore
  });

  it('trusts GitHub by a provider that exists once in an account, without a Lambda', () => {
    template.resourceCountIs('AWS::IAM::OIDCProvider', 1);
    synthesise('production').resourceCountIs('AWS::IAM::OIDCProvider', 0);
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });
});

it('the outputs name what .github/workflows and docs/deploy.md use', () => {
  const values = Object.fromEntries(
    Object.entries(template.findOutputs('*')).map(([id, { Value }]) => [id, Value as unknown]),
  );
  expect(values).toMatchObject({
    Region: 'ap-northeast-2',
    PublicUrl: 'https://api.staging.gyeongdan.example',
    ClusterName: NAME,
    GatewayServiceName: `${NAME}-gateway`,
    WorkerServiceName: `${NAME}-worker`,
    GatewayTaskFamily: `${NAME}-gateway`,
    WorkerTaskFamily: `${NAME}-worker`,
    MigrateTaskFamily: `${NAME}-migrate`,
    ImageTagParameter: `/${NAME}/image-tag`,
    ApplicationSecretName: `${NAME}/application`,
    WorkerSecretName: `${NAME}/worker`,
  });
  for (const id of ['DeployRoleArn', 'RepositoryName', 'RepositoryUri', 'AlarmTopicArn'])
    expect(values).toHaveProperty(id);
});
