import { loadConfig, type Config } from '../config/config';
import { loadDoctorSettings } from '../config/development';
import { loadEnvFile, reachThisMachineDirectly } from '../config/environment';
import { ConfigError } from '../config/settings';
import { developmentDatabase } from './development-database';
import { examine, fail, ok, type Check, type Finding, type Verdict } from './doctor/check';
import { databaseChecks } from './doctor/database-checks';
import { persistedCheck } from './doctor/persisted-check';
import { queueCheck } from './doctor/queue-check';
import { kakaoCheck, keysCheck, modelCheck, publicDataCheck, searchCheck } from './doctor/service-checks';
import { spendingCheck } from './doctor/spending-check';

const OF_NPM_START =
  'those of the npm start in this folder; what only its own environment holds (QUEUE_URL, OPENAI_API_KEY, …) is not seen';
const MARKS = { ok: 'ok   ', warn: 'warn ', fail: 'FAIL ' };

/** `npm run doctor [-- --json]`: looks at a deployment, or at the `npm start` of this folder. Exits 1 when a check fails. */
async function main(args: string[]): Promise<void> {
  loadEnvFile();
  const json = args.includes('--json');
  const findings: Finding[] = [];
  const report = (finding: Finding) => {
    findings.push(finding);
    if (!json) console.log(`${MARKS[finding.status]} ${finding.name}: ${finding.message}`);
  };
  const config = await settings(report);
  if (config) for (const [name, check] of checksOf(config)) report(await examine(name, check));
  const failed = findings.filter(({ status }) => status === 'fail').length;
  if (json) console.log(JSON.stringify({ ok: failed === 0, findings }, null, 2));
  else console.log(failed === 0 ? 'Everything that is needed works.' : `${failed} failed.`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function settings(report: (finding: Finding) => void): Promise<Config | null> {
  const tell = (verdict: Verdict) => report({ name: 'settings', ...verdict });
  try {
    const { overrides, dataDir } = loadDoctorSettings();
    if (overrides) reachThisMachineDirectly();
    const url = overrides && (overrides.DATABASE_URL ?? (await developmentDatabase(dataDir)));
    if (overrides && !url) {
      tell(fail('nothing is configured, and no npm start runs in this folder'));
      return null;
    }
    const config = loadConfig({ ...overrides, ...(url && { DATABASE_URL: url }) });
    const configured = config.production ? 'production' : 'development';
    tell(ok(overrides ? OF_NPM_START : configured));
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const fault of error.faults) tell(fail(fault));
    return null;
  }
}

function checksOf(config: Config): [name: string, check: Check][] {
  return [
    ...databaseChecks(config.databaseUrl),
    ['spending', () => spendingCheck(config)],
    ['queue', () => queueCheck(config.queueUrl)],
    ['signing keys', () => keysCheck(config, new Date())],
    ['Kakao', () => kakaoCheck(config)],
    ['language model', () => modelCheck(config.model)],
    ...(config.fallbackModel
      ? [['fallback model', () => modelCheck(config.fallbackModel)] as [string, Check]]
      : []),
    ['web search', () => searchCheck(config)],
    ['public data', () => publicDataCheck(config)],
    ['persisted documents', () => persistedCheck(config)],
  ];
}

// Of `| head -3`, which has seen enough; the exit code tells of all checks.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
