import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const LIST = path.join(__dirname, '../../docs/threats.md');
const LINE = /^- (?<attack>.+) → `(?<file>[\w/.-]+)`$/;

/** Every text and key of a test file: the names of its tests, and of the cases in their tables. */
function namesIn(file: string): string[] {
  const source = readFileSync(path.join(__dirname, `${file}.ts`), 'utf8');
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) names.push(node.text);
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const { text: from } = node.moduleSpecifier;
      if (from.startsWith('./')) names.push(...namesIn(path.join(path.dirname(file), from)));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest));
  return names;
}

describe('docs/threats.md', () => {
  const lines = readFileSync(LIST, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('- '));
  const entries = lines.map(
    (line) => LINE.exec(line)?.groups as { attack: string; file: string } | undefined,
  );

  it('says for every attack which file tests it', () => {
    expect(lines.filter((_, n) => entries[n] === undefined)).toEqual([]);
    expect(entries.length).toBeGreaterThan(90);
  });

  it.each(entries.map((entry) => [entry!.attack, entry!.file]))(
    'names a test that is there: %s',
    (attack, file) => {
      expect(namesIn(`${file}.test`).filter((name) => name.startsWith(attack))).not.toEqual([]);
    },
  );

  it('leaves out no file', () => {
    const files = readdirSync(__dirname)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => name.replace('.test.ts', ''))
      .filter((name) => name !== 'list');
    const listed = new Set(entries.map((entry) => entry!.file).filter((file) => !file.startsWith('../')));
    expect([...listed].sort()).toEqual(files.sort());
  });
});
