import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { scripts } from '../../package.json';
import { loadDevelopmentSettings } from '../../src/config/development';
import { SETTING_NAMES } from '../../src/config/settings';
import { OPTIONAL_SECRETS } from '../stack/settings.schema';

const ROOT = path.resolve(__dirname, '../..');
const guide = readFileSync(path.join(ROOT, 'docs/deploy.md'), 'utf8');
const blocks = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);

describe('docs/deploy.md', () => {
  it('has commands that a shell can read', () => {
    for (const text of blocks) expect(() => execFileSync('sh', ['-n', '-c', text])).not.toThrow();
  });

  it('has scripts, files and programs of the image that exist', () => {
    const names = [...guide.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
    const links = [...guide.matchAll(/\]\((?!http)([^)#]+)[^)]*\)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !existsSync(path.join(ROOT, 'docs', link)))).toEqual([]);
    const programs = [...guide.matchAll(/dist\/bin\/(\w+)\.js/g)].map(([, name]) => name!);
    expect(programs.filter((name) => !existsSync(path.join(ROOT, `src/bin/${name}.ts`)))).toEqual([]);
  });

  it('overrides containers of the task that it runs', () => {
    const overrides = Object.fromEntries(
      [...guide.matchAll(/^(\w+)='(\{"containerOverrides".*\})'$/gm)].map(([, name, json]) => [name, json!]),
    );
    const runs = [...guide.matchAll(/--task-definition gyeongdan-staging-(\w+) --overrides "\$(\w+)"/g)];
    expect(runs).toHaveLength(Object.keys(overrides).length);
    for (const [, process, name] of runs)
      expect(JSON.parse(overrides[name!]!)).toMatchObject({ containerOverrides: [{ name: process }] });
  });

  it('names every secret that may be filled in, and settings that exist', () => {
    for (const name of [...OPTIONAL_SECRETS.both, ...OPTIONAL_SECRETS.worker])
      expect(guide).toContain(`\`${name}\``);
    const others = /^(AWS_|PUBLIC_URL|TAG$)/;
    const folder = path.join(ROOT, '.github/workflows');
    const workflows = readdirSync(folder)
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .join('\n');
    const ofWorkflows = [...workflows.matchAll(/\b(?:secrets|vars)\.([A-Z_]+)/g)].map(([, name]) => name!);
    const known = [...SETTING_NAMES, ...ofWorkflows];
    const named = [...guide.matchAll(/\b([A-Z]+_[A-Z_]+)\b/g)].map(([, name]) => name!);
    expect(named.filter((name) => !known.includes(name) && !others.test(name))).toEqual([]);
  });

  it('gives the programs that run with the migration’s settings all they need', () => {
    const hidden = Object.fromEntries(SETTING_NAMES.map((name) => [name, '']));
    const settings = { ...hidden, NODE_ENV: 'production', DATABASE_URL: 'postgresql://a:b@c/d' };
    expect(loadDevelopmentSettings(settings)).toMatchObject({
      nodeEnv: 'production',
      databaseUrl: 'postgresql://a:b@c/d',
    });
  });

  it('adds up what it costs', () => {
    const rows = [
      ...guide.matchAll(/^\| (.+?) \| \*{0,2}([\d–]+)\*{0,2} \| \*{0,2}([\d–]+)\*{0,2} \|/gm),
    ].map(([, what, ...costs]) => ({
      what: what!,
      costs: costs.map((cost) => Number(cost.replace('–', '0'))),
    }));
    const sum = rows.pop()!;
    expect(rows.length).toBeGreaterThan(10);
    for (const place of [0, 1])
      expect(rows.reduce((so, { costs }) => so + costs[place]!, 0)).toBe(sum.costs[place]);
  });
});
