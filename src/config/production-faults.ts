import { statSync } from 'node:fs';
import ipaddr from 'ipaddr.js';
import type { Environment } from './environment';

const PLACEHOLDER = /change-?me|example|your[-_ ]|placeholder|secret-?here|^(test|dev|stand-?in)/i;
const USUAL_PASSWORD = /^(postgres|postgresql|password|admin|root|gyeongdan|redis|secret|1234.*)$/i;
const REQUIRED = [
  'PUBLIC_URL',
  'KAKAO_REST_API_KEY',
  'KAKAO_CLIENT_SECRET',
  'KAKAO_ADMIN_KEY',
  'KAKAO_APP_ID',
];
const SECRETS = ['KAKAO_CLIENT_SECRET', 'KAKAO_ADMIN_KEY', 'METRICS_TOKEN'];

/** Made by others, in forms that we do not know. */
const KEYS_OF_OTHERS = [
  'OPENAI_API_KEY',
  'FALLBACK_OPENAI_API_KEY',
  'GOOGLE_SEARCH_API_KEY',
  'NAVER_CLIENT_SECRET',
  'PUBLIC_DATA_SERVICE_KEY',
];

/** What must not be in production: names settings and says what is wrong, never a value. */
export function productionFaults(environment: Environment): string[] {
  return [
    ...REQUIRED.filter((name) => environment[name] === undefined).map((name) => `${name} is missing`),
    ...secretFaults(environment),
    ...passwordFaults(environment),
    ...addressFaults(environment),
    ...proxyFaults(environment),
    ...keyFileFaults(environment),
    ...leaseFaults(environment),
    ...(environment.CRAWLER_TRUSTED_ORIGINS === undefined
      ? []
      : ['CRAWLER_TRUSTED_ORIGINS is for development only']),
  ];
}

/** An address, or a range in CIDR notation. */
export function isRange(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
}

function secretFaults(environment: Environment): string[] {
  const examples = [...SECRETS, 'KAKAO_REST_API_KEY', ...KEYS_OF_OTHERS]
    .filter((name) => PLACEHOLDER.test(environment[name] ?? ''))
    .map((name) => `${name} is an example value`);
  const weak = [...SECRETS, 'KAKAO_REST_API_KEY']
    .filter((name) => isWeak(environment[name]))
    .map((name) => `${name} is too weak to be real`);
  const { KAKAO_CLIENT_SECRET: secret, KAKAO_ADMIN_KEY: admin, KAKAO_REST_API_KEY: rest } = environment;
  const same = [secret, rest].includes(admin) && admin !== undefined;
  return [...examples, ...weak, ...(same ? ['KAKAO_ADMIN_KEY is the same as another key of the app'] : [])];
}

function isWeak(secret: string | undefined): boolean {
  return secret !== undefined && (secret.length < 16 || new Set(secret).size < 8 || /password/i.test(secret));
}

/** A server elsewhere is guarded by its password; one on this machine may be guarded by the machine. */
function passwordFaults(environment: Environment): string[] {
  return ['DATABASE_URL', 'DIRECT_DATABASE_URL', 'QUEUE_URL'].flatMap((name) => {
    const text = environment[name];
    if (text === undefined || !URL.canParse(text)) return [];
    const { hostname, password, protocol } = new URL(text);
    if (isLoopback(hostname)) return [];
    const given = decodeURIComponent(password);
    // A Redis inside a private network often has none.
    if (given === '') return protocol.startsWith('redis') ? [] : [`${name} has no password`];
    return USUAL_PASSWORD.test(given) || PLACEHOLDER.test(given)
      ? [`${name} has a password that anybody guesses`]
      : [];
  });
}

function addressFaults(environment: Environment): string[] {
  const faults: string[] = [];
  const each = (names: string[], wrong: (url: string) => boolean, what: string) => {
    for (const name of names)
      if (environment[name]?.split(',').some((url) => wrong(url.trim()))) faults.push(`${name} ${what}`);
  };
  each(
    ['KAKAO_AUTH_URL', 'KAKAO_API_URL'],
    (url) => !/^https:\/\/[\w.-]+\.kakao\.com\/?$/.test(url),
    'is not Kakao: a stand-in must not serve production',
  );
  each(
    ['GOOGLE_SEARCH_URL', 'NAVER_SEARCH_URL'],
    (url) => !/^https:\/\/[\w.-]+\.(?:googleapis\.com|naver\.com|ntruss\.com)\//.test(url),
    'is not the search: a stand-in must not serve production',
  );
  each(
    ['DATA_GO_KR_URL', 'ODCLOUD_URL'],
    (url) => !/^https:\/\/(?:apis\.data\.go\.kr|api\.odcloud\.kr)\/?$/.test(url),
    'is not the public data portal: a stand-in must not serve production',
  );
  each(
    ['PUBLIC_URL', 'WEB_URL', 'CORS_ORIGINS'],
    (url) => !isOrigin(url),
    'must be an origin: no path, no credentials, no wildcard',
  );
  each(
    [
      'PUBLIC_URL',
      'WEB_URL',
      'KAKAO_REDIRECT_URIS',
      'CORS_ORIGINS',
      'OPENAI_BASE_URL',
      'FALLBACK_OPENAI_BASE_URL',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
    ],
    (url) => !isSecure(url),
    'must use https',
  );
  each(
    ['PUBLIC_URL', 'WEB_URL', 'KAKAO_REDIRECT_URIS', 'CORS_ORIGINS'],
    (url) => URL.canParse(url) && isLoopback(new URL(url).hostname),
    'must not lead to the reader’s own machine',
  );
  return faults;
}

function isOrigin(url: string): boolean {
  return URL.canParse(url) && new URL(url).origin === url.replace(/\/$/, '') && !url.includes('*');
}

/** https, or plain http on this very machine. */
function isSecure(url: string): boolean {
  return /^https:\/\//.test(url) || /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$)/.test(url);
}

function isLoopback(hostname: string): boolean {
  return hostname === '' || hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

/** Whoever trusts everybody's X-Forwarded-For has no limits by address. */
function proxyFaults({ TRUSTED_PROXIES: proxies = '' }: Environment): string[] {
  return /(^|[,\s])(0\.0\.0\.0|::)\/0/.test(proxies) ? ['TRUSTED_PROXIES must not be every address'] : [];
}

function keyFileFaults({ JWT_PRIVATE_KEYS_FILE: file }: Environment): string[] {
  const stat = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
  const readable = stat !== undefined && process.platform !== 'win32' && (stat.mode & 0o007) !== 0;
  return readable ? ['JWT_PRIVATE_KEYS_FILE can be read by every user of this machine (chmod 600)'] : [];
}

/** A hostile page or a busy machine holds up the event loop, and so the heartbeats, for some seconds. */
const MIN_LEASE_SECONDS = 10;

/** A lease that is shorter than the time between two sweeps gives every slow job to a second worker. */
function leaseFaults({
  JOB_LEASE_SECONDS: lease = '15',
  JOB_SWEEP_SECONDS: sweep = '5',
}: Environment): string[] {
  if (Number(lease) <= Number(sweep)) return ['JOB_LEASE_SECONDS must be more than JOB_SWEEP_SECONDS'];
  const short = Number(lease) < MIN_LEASE_SECONDS;
  return short ? [`JOB_LEASE_SECONDS must be at least ${MIN_LEASE_SECONDS}`] : [];
}
