// Packages that are ES modules only; Node can require them, jest cannot.
const ES_MODULES = [
  'boolbase', 'css-select', 'css-what', 'cssomnom', 'dom-serializer', 'domelementtype', 'domhandler', 'domutils', 'entities',
  'htmlparser2', 'jose', 'nth-check',
  // Loads parts of itself by import().
  '@opentelemetry/otlp-exporter-base',
]; // prettier-ignore

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // `npm run test:image` takes minutes and needs root, `npm run test:web` the packages of examples/web; deploy/ has a configuration of its own.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/image/', '<rootDir>/test/web/'],
  transform: { '^.+\\.[jt]s$': '@swc/jest' },
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/examples/web/', '<rootDir>/deploy/'],
  globalSetup: '<rootDir>/test/helpers/global-setup.ts',
  globalTeardown: '<rootDir>/test/helpers/global-teardown.ts',
  reporters: ['default', '<rootDir>/test/helpers/run-summary.cjs'],
  // Of what hangs; no test measures time, and a busy machine is slow.
  testTimeout: 180_000,
  // Two cores: one worker more than that only makes everything slower.
  maxWorkers: 2,
  // A worker whose files left so much behind would only collect garbage: a new one goes on.
  workerIdleMemoryLimit: '800MB',
};
