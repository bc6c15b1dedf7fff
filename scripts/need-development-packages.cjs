// What is not needed to run in production may have been left out; without this its absence would be told by a stack trace.
const { existsSync } = require('node:fs');
const path = require('node:path');
const { devDependencies } = require('../package.json');

const installed = path.resolve(require.resolve('../package.json'), '../node_modules');
const missing = Object.keys(devDependencies).filter((name) => !existsSync(path.join(installed, name)));
if (missing.length > 0) {
  console.error(
    `Development packages are missing (${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}): ` +
      'run `npm ci --include=dev`, which also adds them where NODE_ENV=production.',
  );
  process.exit(1);
}
