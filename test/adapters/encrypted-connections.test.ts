import { execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { openDatabase } from '../../src/adapters/database/database';
import { unprivilegedIdentity } from '../../src/dev/embedded-postgres/binaries';
import { freePort, startEmbeddedPostgres } from '../../src/dev/embedded-postgres/embedded-postgres';
import { createLogger } from '../../src/logger';
import { selfSigned } from '../helpers/certificate';
import { redisServerPath, testedEngines } from '../helpers/redis';
import { waitUntil } from '../helpers/wait-until';

const ROOT = path.resolve(__dirname, '../..');
const logger = createLogger({ level: 'silent', pretty: false });
const opened: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of opened.reverse()) await close();
});

/** Files of a certificate for `localhost`, which a server's user may read. */
function certificate() {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-tls-'));
  opened.push(() => rmSync(folder, { recursive: true, force: true }));
  const { key, cert } = selfSigned();
  const files = { folder, key: path.join(folder, 'server.key'), cert: path.join(folder, 'server.crt') };
  writeFileSync(files.key, key, { mode: 0o600 });
  writeFileSync(files.cert, cert);
  const identity = unprivilegedIdentity();
  chmodSync(folder, 0o755);
  if (identity) for (const file of [files.key, files.cert]) chownSync(file, identity.uid, identity.gid);
  return files;
}

describe('DATABASE_URL with sslmode=verify-full and sslrootcert, as deploy/ gives it', () => {
  const ours = certificate();
  let url: URL;

  beforeAll(async () => {
    const folder = path.join(ours.folder, 'data');
    mkdirSync(folder, { mode: 0o755 });
    const settings = { ssl: 'on', ssl_key_file: ours.key, ssl_cert_file: ours.cert, fsync: 'off' };
    const server = await startEmbeddedPostgres({ folder, settings });
    opened.push(() => server.stop());
    url = new URL(server.url('postgres'));
    url.hostname = 'localhost';
  });

  const secured = (authority: string, host = 'localhost') => {
    const given = new URL(url);
    given.hostname = host;
    given.search = String(new URLSearchParams({ sslmode: 'verify-full', sslrootcert: authority }));
    return given.href;
  };
  /** How a connection turned out. A busy machine may be too slow for the two seconds that it may take: once more then. */
  const outcome = (from: string) =>
    waitUntil('the connection is decided', async () => {
      const database = openDatabase({ url: from, connections: 1, logger });
      try {
        await database.prisma.$queryRaw`SELECT 1`;
        const text = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
        return (await database.pool.query<{ ssl: boolean }>(text)).rows[0]!.ssl ? 'encrypted' : 'plain';
      } catch (error) {
        const { message } = error as Error;
        return /timeout|terminated/.test(message) ? null : message;
      } finally {
        await database.close();
      }
    });

  it('speaks TLS with a server whose authority it is told', async () => {
    expect(await outcome(secured(ours.cert))).toBe('encrypted');
  });

  it('refuses a server of another authority', async () => {
    expect(await outcome(secured(certificate().cert))).toMatch(/self-signed certificate/);
    expect(await outcome(secured(path.join(ROOT, 'deploy/rds-ca.pem')))).toMatch(/self-signed certificate/);
  });

  it('refuses a server of another name', async () => {
    expect(await outcome(secured(ours.cert, '127.0.0.1'))).toMatch(/does not match/);
  });

  it('is understood by the engine of migrations, too', async () => {
    const canConnect = (to: string) =>
      promisify(execFile)(
        process.execPath,
        ['scripts/prisma-schema-engine.mjs', 'cli', 'can-connect-to-database'],
        { cwd: ROOT, env: { PATH: process.env.PATH, DATABASE_URL: to } },
      );
    await expect(canConnect(secured(ours.cert))).resolves.toBeDefined();
    await expect(canConnect(secured(certificate().cert))).rejects.toThrow(/self-signed certificate/);
  });
});

// Where Redis is missing, testedEngines() has said so.
const withRedis = testedEngines().includes('Redis') ? describe : describe.skip;
withRedis('QUEUE_URL with rediss:// and a password, as deploy/ gives it', () => {
  const ours = certificate();
  const password = 'k7Qz'.repeat(10);
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    const tls = ['--tls-cert-file', ours.cert, '--tls-key-file', ours.key, '--tls-auth-clients', 'no'];
    const settings = ['--bind', '127.0.0.1', '--port', '0', '--tls-port', String(port), '--dir', ours.folder];
    const others = ['--tls-ca-cert-file', ours.cert, '--requirepass', password, '--save', ''];
    const child = spawn(redisServerPath()!, [...settings, ...tls, ...others], { stdio: 'ignore' });
    opened.push(() => child.kill('SIGKILL'));
    await waitUntil('Redis takes a job', async () => (await nudge(password)) === 'true');
  });

  /** What a process that trusts our authority beside the usual ones gets for a nudge. */
  async function nudge(given: string, authority = ours.cert): Promise<string> {
    const code = `
      const { JobProducer } = require('./src/adapters/queue/job-producer.ts');
      const { createLogger } = require('./src/logger.ts');
      const logger = createLogger({ level: 'silent', pretty: false });
      const producer = new JobProducer({ url: 'rediss://:${given}@localhost:${port}', logger });
      producer.add('articles', { id: 'one', payload: {} }).then(async (taken) => {
        await producer.close();
        process.stdout.write(String(taken), () => process.exit());
      });`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--require', './scripts/register-swc.cjs', '--eval', code],
      { cwd: ROOT, env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: authority } },
    );
    return stdout;
  }

  it('speaks TLS and signs in', async () => expect(await nudge(password)).toBe('true'));
  it('takes nothing with another password', async () => expect(await nudge('anotherone')).toBe('false'));
  it('takes nothing of a server that nobody vouches for', async () => {
    expect(await nudge(password, path.join(ROOT, 'deploy/rds-ca.pem'))).toBe('false');
  });
});
