import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SETTING_NAMES } from '../../src/config/settings';

const read = (file: string) => readFileSync(path.join(__dirname, '../..', file), 'utf8');
const guide = read('docs/operations.md');

/** Name and default of each setting. */
function tableOf(text: string, row: RegExp): Record<string, string> {
  return Object.fromEntries([...text.matchAll(row)].map(([, name, value]) => [name, (value ?? '').trim()]));
}

describe('docs/operations.md', () => {
  const example = tableOf(read('.env.example'), /^([A-Z][A-Z_]+)=([^#\n]*)/gm);
  const explained = tableOf(guide, /^\| `([A-Z][A-Z_]+)` \| (?:`([^`]+)`)? ?\|/gm);

  it('and .env.example name every setting there is, and no other', () => {
    const names = [...SETTING_NAMES].sort();
    expect(Object.keys(example).sort()).toEqual(names);
    expect(Object.keys(explained).sort()).toEqual(names);
  });

  it('gives the defaults of .env.example', () => {
    expect(explained).toEqual(example);
  });

  it('has a form that Docker reads as the programs do: no comment and no quotation mark beside a value', () => {
    expect(read('.env.example').match(/^[A-Z_]+=.*[#"' ].*$/gm)).toBeNull();
  });

  it('alerts on metrics that exist', () => {
    const known = [...read('docs/metrics.md').matchAll(/^\| `(gyeongdan_\w+)`/gm)].map(([, name]) => name);
    const used = [...guide.matchAll(/gyeongdan_\w+/g)].map(([name]) =>
      name.replace(/_(count|bucket|sum)$/, ''),
    );
    expect(used.filter((name) => !known.includes(name) && !/^gyeongdan_nodejs_/.test(name))).toEqual([]);
  });

  it('tells only commands and files that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const commands = [...guide.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
    for (const [, link] of guide.matchAll(/\]\((?!http)([^)]+)\)/g))
      expect(() => readFileSync(path.join(__dirname, '../../docs', link!))).not.toThrow(/ENOENT/);
  });
});
