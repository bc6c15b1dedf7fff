import { fork, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { migrateDatabase } from '../src/adapters/database/migrations';
import { migrateQueue } from '../src/adapters/queue/queue';
import { loadConfig } from '../src/config/config';
import { Lifetime } from '../src/context/lifetime';
import { createSharedContext, type SharedContext } from '../src/context/shared';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/dev/embedded-postgres/embedded-postgres';
import { NewsletterJobService } from '../src/domain/newsletter/newsletter-jobs.service';
import { createLogger } from '../src/logger';
import { testSigningKey } from '../test/helpers/app';
import { createNews, mailSettings } from '../test/helpers/newsletter-world';
import type { MailServerNews, MailServerPlan } from './mail-server-process';
import { buildProcesses } from './real-process';
import { report, type Bar } from './report';
import type { Sizes } from './sizes';
import { startWorkerCrew, type WorkerCrew } from './worker-crew';

const MOST_KILLS = 20;
/** Lost is what is still missing after so long without any mail. */
const STALL_MS = 180_000;

interface Trial {
  title: string;
  recipients: number;
  kills: number;
  isFaulty: boolean;
}

/**
 * An issue for thousands, handed by a built worker to a mail server in a process of its own, which keeps a ledger of what it
 * took: once in peace, for the pace; and once with a server that says 421 to a tenth and loses connections before and after
 * the last byte, while the worker is killed with SIGKILL. True when no address got two mails, and none is missing but in doubt.
 */
export async function benchNewsletter({ recipients, kills }: Sizes): Promise<boolean> {
  buildProcesses();
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-bench-newsletter-'));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder });
  try {
    const few = Math.ceil(recipients / 5);
    const calm = { title: 'in peace', recipients: few, kills: 0, isFaulty: false };
    const title = '421 for a tenth, lost connections, workers killed';
    const rough = { title, recipients, kills: Math.min(kills, MOST_KILLS), isFaulty: true };
    const isCalmOk = await run(calm, postgres, folder);
    return (await run(rough, postgres, folder)) && isCalmOk;
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(trial: Trial, postgres: EmbeddedPostgres, folder: string): Promise<boolean> {
  const { recipients, kills, isFaulty } = trial;
  const name = `newsletter_${Date.now()}`;
  await postgres.ensureDatabase(name);
  const databaseUrl = postgres.url(name);
  await migrateDatabase(databaseUrl);
  await migrateQueue(databaseUrl);
  const ledger = path.join(folder, `${name}.ledger`);
  let killed = 0;
  let crew: WorkerCrew | undefined;
  const killEvery = kills > 0 ? Math.floor(recipients / (kills + 1)) : 0;
  const server = await startMailServer({ ledger, isFaulty, killEvery }, () => {
    if (killed < kills && crew?.kill(crew.names()[0]!, 0)) killed += 1;
  });
  const settings = settingsOf(databaseUrl, server.port);
  const opened = new Lifetime();
  const logger = createLogger({ level: 'silent', pretty: false });
  const context = createSharedContext({ config: loadConfig(settings), logger, opened });
  const { pool, prisma } = context.database;
  try {
    await createNews(prisma, ['금리', '환율', '물가', '수출', '집값', '주식', '예산']);
    await createRecipients(pool, recipients);
    const startedAt = performance.now();
    crew = startWorkerCrew(1, settings, folder);
    await sent(context, ledger);
    const seconds = (performance.now() - startedAt) / 1000;
    const starts = crew.starts();
    // Once more in the same week: nobody gets it again.
    await sent(context, ledger);
    await crew.stop();
    return tell(trial, { seconds, killed, starts, ...(await read(pool, ledger)) });
  } finally {
    await crew?.stop();
    await opened.close();
    server.child.kill('SIGKILL');
  }
}

async function startMailServer(
  plan: MailServerPlan,
  kill: () => void,
): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(path.join(__dirname, 'mail-server-process.ts'), [JSON.stringify(plan)]);
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the mail server ended')));
    child.on('message', (news: MailServerNews) => (news === 'kill' ? kill() : resolve(news.port)));
  });
  return { child, port };
}

async function createRecipients(pool: Pool, recipients: number): Promise<void> {
  const rows = 2_000;
  for (let from = 1; from <= recipients; from += rows)
    await pool.query(
      `INSERT INTO "NewsletterSubscription" (id, email, "emailKey", name, categories, "confirmedAt", "consentedAt")
       SELECT gen_random_uuid(), 'reader-' || n || '@mail.example', 'reader-' || n || '@mail.example', '독자', '{ECONOMY_AND_BUSINESS}', now(), now()
       FROM generate_series($1::int, $2::int) n`,
      [from, Math.min(recipients, from + rows - 1)],
    );
}

/** Asks for the issue as the clock does; resolves when its job has ended. */
async function sent({ database, intake, nudges, clock }: SharedContext, ledger: string): Promise<void> {
  const { prisma } = database;
  const jobs = new NewsletterJobService({ intake, clock, canSend: true });
  const job = await prisma.$transaction((tx) => jobs.schedule(tx, 'ECONOMY_AND_BUSINESS'));
  await nudges.tell([job!]);
  let taken = 0;
  for (let deadline = Date.now() + STALL_MS; ;) {
    await delay(250);
    const { status, errorCode } = await prisma.generationJob.findUniqueOrThrow({ where: { id: job!.id } });
    if (status === 'SUCCEEDED') return;
    if (status === 'FAILED') throw new Error(`the mailing failed: ${errorCode}`);
    const now = addressesIn(ledger).length;
    if (now > taken) deadline = Date.now() + STALL_MS;
    taken = now;
    if (Date.now() > deadline) throw new Error(`no mail for ${STALL_MS / 1000} s after ${taken}`);
  }
}

const addressesIn = (ledger: string): string[] =>
  existsSync(ledger) ? readFileSync(ledger, 'utf8').split('\n').filter(Boolean) : [];

interface Outcome {
  /** Mails that the server took, and of how many addresses. */
  taken: number;
  different: number;
  /** Addresses that got none, though the row says so, or without a doubt. */
  missing: number;
  doubtful: number;
  doubtfulTaken: number;
  unsettled: number;
  /** Rows that say SENT, and the issue's own count. */
  told: number;
  counted: number;
}

async function read(pool: Pool, ledger: string): Promise<Outcome> {
  const addresses = addressesIn(ledger);
  const got = new Set(addresses);
  const { rows } = await pool.query<{ email: string; status: string }>(
    `SELECT s.email, d.status FROM "NewsletterSubscription" s LEFT JOIN "NewsletterDelivery" d ON d."subscriptionId" = s.id`,
  );
  const { rows: issues } = await pool.query<{ recipients: number }>(
    `SELECT recipients FROM "NewsletterIssue"`,
  );
  const inDoubt = rows.filter(({ status }) => status === 'DOUBTFUL');
  return {
    taken: addresses.length,
    different: got.size,
    missing: rows.filter(({ email, status }) => status !== 'DOUBTFUL' && !got.has(email)).length,
    doubtful: inDoubt.length,
    doubtfulTaken: inDoubt.filter(({ email }) => got.has(email)).length,
    unsettled: rows.filter(({ status }) => status !== 'SENT' && status !== 'DOUBTFUL').length,
    told: rows.filter(({ status }) => status === 'SENT').length,
    counted: issues[0]!.recipients,
  };
}

function tell(
  { title, recipients, kills, isFaulty }: Trial,
  outcome: Outcome & { seconds: number; killed: number; starts: number },
): boolean {
  const {
    seconds,
    killed,
    starts,
    taken,
    different,
    missing,
    doubtful,
    doubtfulTaken,
    unsettled,
    told,
    counted,
  } = outcome;
  // Lost at the last byte by the server: each 500th and each 700th, of those that got so far.
  const lost = isFaulty ? Math.ceil(recipients / 500) + Math.ceil(recipients / 700) + 2 : 0;
  const bars: Bar[] = [
    { name: 'mails that an address got twice', value: taken - different, exactly: 0 },
    { name: 'addresses without a mail and without a doubt', value: missing, exactly: 0 },
    { name: 'addresses in doubt: one a kill, and one a connection that the server lost at the last byte', value: doubtful, atMost: killed + lost },
    { name: 'deliveries that are neither sent nor in doubt', value: unsettled, exactly: 0 },
    { name: 'recipients of the issue that no row tells of', value: counted - told, exactly: 0 },
  ]; // prettier-ignore
  if (kills > 0) bars.push({ name: 'workers killed at work', value: killed, atLeast: kills });
  return report(
    `${recipients} mails: ${title}`,
    [
      `${seconds.toFixed(1)} s with the start of the worker, ${(recipients / seconds).toFixed(1)} mails/s over 4 connections`,
      `${killed} kills, ${starts} starts of the worker; of ${doubtful} addresses in doubt ${doubtfulTaken} had got their mail`,
    ],
    bars,
  );
}

function settingsOf(databaseUrl: string, port: number): Record<string, string> {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    DATABASE_URL: databaseUrl,
    QUEUE_URL: databaseUrl,
    JWT_PRIVATE_KEYS: testSigningKey(),
    KAKAO_REST_API_KEY: 'bench',
    JOB_LEASE_SECONDS: '2',
    JOB_SWEEP_SECONDS: '0.5',
    ...mailSettings(port),
  };
}
