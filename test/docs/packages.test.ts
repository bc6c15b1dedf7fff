import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const { satisfies } = jest.requireActual<{ satisfies(version: string, range: string): boolean }>('semver');

interface Lock {
  packages: Record<string, { engines?: { node?: string } }>;
}

it('npm ci warns on the oldest Node of the README of no package but the one that the README names', () => {
  const { packages } = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
  const unfit = Object.entries(packages)
    .filter(([, { engines }]) => engines?.node !== undefined && !satisfies('20.19.0', engines.node))
    .map(([folder]) => folder.replace(/^.*node_modules\//, ''));
  expect(unfit).toEqual(['@prisma/streams-local']);
  expect(readFileSync(path.join(ROOT, 'README.md'), 'utf8')).toContain('`@prisma/streams-local`');
});
