// Says in the end how long the run took, and which files took longest. Jest loads reporters without a transform.
const path = require('node:path');
const { cwd, stdout, uptime } = require('node:process');

const SLOWEST = 10;

module.exports = class RunSummary {
  onRunComplete(_contexts, { testResults }) {
    const line = (milliseconds, what) => `${(milliseconds / 1000).toFixed(1).padStart(7)} s  ${what}\n`;
    const slowest = testResults
      .map(({ testFilePath, perfStats }) => [
        perfStats.end - perfStats.start,
        path.relative(cwd(), testFilePath),
      ])
      .sort(([a], [b]) => b - a)
      .slice(0, SLOWEST);
    stdout.write(`\n${line(uptime() * 1000, 'for all; the slowest files:')}`);
    for (const [milliseconds, file] of slowest) stdout.write(line(milliseconds, file));
  }
};
