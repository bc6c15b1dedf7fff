// Lets Node run the project's TypeScript as it is: `node --require ./scripts/register-swc.cjs bench/run.ts`.
require('./need-development-packages.cjs');
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  module._compile(transformFileSync(filename, { sourceMaps: 'inline' }).code, filename);
};
