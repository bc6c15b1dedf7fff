import { startReadyChild, type ChildProcess } from '../../helpers/child-process';
import {
  createNews,
  createSubscriber,
  mailSettings,
  startNewsletterWorld,
} from '../../helpers/newsletter-world';
import type { SmtpScript } from '../../helpers/smtp-server';
import { waitUntil } from '../../helpers/wait-until';

const RECIPIENTS = 200;
/** Mails at whose last byte the worker dies: twice before it knows that they were taken, once as it is told. */
const KILLS = [
  { at: 40, knows: false },
  { at: 90, knows: true },
  { at: 150, knows: false },
];

it('A mailing reaches each address once while its workers are killed and the server is moody', async () => {
  const workers: ChildProcess[] = [];
  let killed = 0;
  let tries = 0;
  let ends = 0;
  const script: SmtpScript = async (stage) => {
    if (stage === 'RCPT') return ++tries % 10 === 0 ? '421 4.3.2 closing' : null;
    if (stage !== 'END') return null;
    const kill = KILLS[killed];
    if (++ends !== kill?.at) return null;
    killed += 1;
    const victim = workers.at(-1)!;
    victim.signal('SIGKILL');
    if (!kill.knows) await waitUntil('it is dead', () => victim.ended() !== null);
    return null;
  };
  const world = await startNewsletterWorld({ worker: false, smtp: { script } });
  const { config, context } = world.app;
  const { prisma } = context.database;
  const start = async () => {
    const settings = {
      NODE_ENV: 'test',
      PUBLIC_URL: config.publicUrl,
      DATABASE_URL: config.databaseUrl,
      QUEUE_URL: config.queueUrl,
      JWT_PRIVATE_KEYS: config.session.signingKeys.join('\n'),
      KAKAO_REST_API_KEY: config.kakao.restApiKey,
      WORKER_PORT: '0',
      JOB_LEASE_SECONDS: '2',
      JOB_SWEEP_SECONDS: '0.2',
      ...mailSettings(world.server.port),
    };
    workers.push(await startReadyChild('worker', settings));
  };
  try {
    await createNews(prisma, ['금리가 그대로예요']);
    for (let n = 0; n < RECIPIENTS; n += 1)
      await createSubscriber(prisma, { email: `reader-${n}@mail.example` });
    const { id } = await world.ask();
    for (const [n] of KILLS.entries()) {
      await start();
      await waitUntil('a worker has died', () => killed > n && workers.at(-1)!.ended() !== null);
    }
    await start();
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED' });

    const rows = await prisma.newsletterDelivery.findMany({ include: { subscription: true } });
    const doubtful = rows
      .filter(({ status }) => status === 'DOUBTFUL')
      .map(({ subscription }) => subscription.email);
    const taken = world.takenBy();
    expect(new Set(taken).size).toBe(taken.length);
    expect([...new Set([...taken, ...doubtful])]).toHaveLength(RECIPIENTS);
    expect(doubtful.length).toBeGreaterThanOrEqual(2);
    expect(doubtful.length).toBeLessThanOrEqual(KILLS.length);
    expect(rows.filter(({ status }) => status === 'SENT')).toHaveLength(RECIPIENTS - doubtful.length);
    expect(await prisma.newsletterIssue.findFirst()).toMatchObject({
      recipients: RECIPIENTS - doubtful.length,
    });
    for (const worker of workers) expect(worker.output()).not.toContain('@mail.example');
    const told = workers.map((worker) => worker.output()).join('');
    expect(told).toContain('a mail was at its last byte as its worker ended');
  } finally {
    for (const worker of workers) await worker.stop();
    await world.close();
  }
});
