// Lets Node run the project's TypeScript as it is: `node --require ./scripts/register-swc.cjs bench/run.ts`.
require('./need-development-packages.cjs');
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { transformSync, version } = require('@swc/core');

const root = path.dirname(require.resolve('../package.json'));
/** One compiled file for each source, until that changes: most of what a process of the tests starts with is compiled already. */
const kept = path.join(root, 'node_modules/.cache/register-swc');
const configFile = path.join(root, '.swcrc');
const settings = readFileSync(configFile);
const hashOf = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

require.extensions['.ts'] = (module, filename) => {
  const source = readFileSync(filename, 'utf8');
  const file = path.join(kept, hashOf(filename));
  const mark = `\n//${hashOf(version, settings, source)}`;
  module._compile(readKept(file, mark) ?? keep(file, compile(filename, source) + mark), filename);
};

function compile(filename, source) {
  return transformSync(source, { filename, configFile, sourceMaps: 'inline' }).code;
}

function readKept(file, mark) {
  try {
    const code = readFileSync(file, 'utf8');
    return code.endsWith(mark) ? code : null;
  } catch {
    return null;
  }
}

/** Others read and write at the same time, and some may not write here. */
function keep(file, code) {
  try {
    mkdirSync(kept, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // The next process compiles it again.
  }
  return code;
}
