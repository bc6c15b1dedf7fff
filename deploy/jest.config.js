/** `npm run test:deploy`; transforms and helpers are the root's. */
module.exports = {
  rootDir: '..',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/deploy/test/**/*.test.ts'],
  transform: { '^.+\\.[jt]s$': '@swc/jest' },
  transformIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/examples/', '<rootDir>/deploy/cdk.out/'],
  testTimeout: 180_000,
  maxWorkers: 1,
};
