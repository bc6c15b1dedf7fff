import type { Prisma } from '../../src/adapters/database/database';
import type {
  GenerationJob,
  NewsletterSubscription,
  Prisma as PrismaTypes,
} from '../../src/generated/prisma/client';
import { SendNewsletterDocument } from '../generated/operations';
import { startTestApp, type TestApp, type TestAppOptions } from './app';
import { createArticle, createPublisher } from './records';
import { startSmtpServer, type SmtpServer, type SmtpServerOptions } from './smtp-server';
import { waitUntil } from './wait-until';

/** A gateway and a worker that send mail to a server on loopback. */
export interface NewsletterWorld {
  app: TestApp;
  server: SmtpServer;
  /** A fresh access token of an ADMIN. */
  token(): Promise<string>;
  /** Asks for the issue of ECONOMY_AND_BUSINESS. */
  ask(): Promise<GenerationJob>;
  row(id: string): Promise<GenerationJob>;
  /** Waits until the job is SUCCEEDED, FAILED or CANCELED. */
  ended(id: string): Promise<GenerationJob>;
  /** Addresses of the mails that were taken, sorted. */
  takenBy(): string[];
  close(): Promise<void>;
}

/** Settings of a process that hands its mail to this server, and tries again soon. */
export function mailSettings(port: number): Record<string, string> {
  return {
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'letter@gyeongdan.example',
    MAIL_SENDER_CONTACT: '서울시 중구 1, help@gyeongdan.example',
    MAIL_PER_MINUTE: '0',
    JOB_BACKOFF_SECONDS: '0.01',
  };
}

export async function startNewsletterWorld({
  smtp = {},
  ...options
}: TestAppOptions & { smtp?: SmtpServerOptions } = {}): Promise<NewsletterWorld> {
  const server = await startSmtpServer(smtp);
  const app = await startTestApp({
    worker: true,
    ...options,
    environment: { ...mailSettings(server.port), ...options.environment },
  });
  const { prisma } = app.context.database;
  const token = async () => (await app.login('admin')).accessToken;
  const row = (id: string) => prisma.generationJob.findUniqueOrThrow({ where: { id } });
  return {
    app,
    server,
    token,
    row,
    async ask() {
      const { data, errors } = await app.send(
        SendNewsletterDocument,
        { category: 'ECONOMY_AND_BUSINESS' },
        { token: await token() },
      );
      if (!data) throw new Error(`the request failed: ${JSON.stringify(errors)}`);
      return row(data.sendNewsletter.id);
    },
    ended: (id) =>
      waitUntil(`job ${id} has ended`, async () => {
        const job = await row(id);
        return job.finishedAt && job;
      }),
    takenBy: () => server.taken.flatMap(({ to }) => to).sort(),
    async close() {
      await app.close();
      await server.close();
    },
  };
}

let made = 0;

/** Somebody who subscribed to ECONOMY_AND_BUSINESS and confirmed it; whatever matters to the test comes in `data`. */
export function createSubscriber(
  prisma: Prisma,
  data: Partial<PrismaTypes.NewsletterSubscriptionUncheckedCreateInput> = {},
): Promise<NewsletterSubscription> {
  const email = data.email ?? `reader-${++made}@mail.example`;
  const now = new Date();
  return prisma.newsletterSubscription.create({
    data: {
      email,
      emailKey: email,
      name: `독자 ${made}`,
      categories: ['ECONOMY_AND_BUSINESS'],
      confirmedAt: now,
      consentedAt: now,
      ...data,
    },
  });
}

/** Articles of ECONOMY_AND_BUSINESS, the last one published first, an hour apart. */
export async function createNews(
  prisma: Prisma,
  titles: readonly string[],
  now = new Date(),
): Promise<string[]> {
  const { id: publisherId } = await createPublisher(prisma);
  const ids: string[] = [];
  for (const [n, title] of titles.entries()) {
    const at = new Date(now.getTime() - (n + 1) * 3_600_000);
    ids.push((await createArticle(prisma, { publisherId, title, publishedAt: at, releasedAt: at })).id);
  }
  return ids;
}
