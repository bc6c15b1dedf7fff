import { startMailStandin, type MailStandin } from '../../src/dev/standins/mail/mail-standin';
import type { ReceivedMail } from '../../src/dev/standins/mail/received-mail';
import { unsubscribeToken } from '../../src/domain/newsletter/unsubscribe-token';
import type { NewsletterSubscription } from '../../src/generated/prisma/client';
import {
  ConfirmNewsletterDocument,
  SubscribeNewsletterDocument,
  UnsubscribeNewsletterDocument,
  type ArticleCategory,
} from '../generated/operations';
import { startTestApp, type Answer, type TestApp } from './app';
import { TestClock } from './clock';

const ECONOMY: ArticleCategory[] = ['ECONOMY_AND_BUSINESS'];

/** The gateway with a mail server; what a worker would send is sent when a test says so. */
export interface NewsletterApp {
  app: TestApp;
  mail: MailStandin;
  clock: TestClock;
  subscribe(
    email: string,
    more?: { name?: string; categories?: ArticleCategory[]; token?: string },
  ): Promise<Answer<{ subscribeNewsletter: boolean }>>;
  /** Sends the confirmation mails that are due. */
  sendDue(): Promise<void>;
  /** The mails that an address got, oldest first. */
  mailsTo(email: string): ReceivedMail[];
  /** Of the link in the mail that an address got last. */
  confirmationToken(email: string): Promise<string>;
  confirm(token: string): ReturnType<TestApp['send']>;
  unsubscribe(token: string): ReturnType<TestApp['send']>;
  /** Subscribes, reads the mail and confirms. Returns the row. */
  subscribed(email: string, categories?: ArticleCategory[]): Promise<NewsletterSubscription>;
  row(email: string): Promise<NewsletterSubscription | null>;
  unsubscribeTokenOf(email: string): Promise<string>;
  close(): Promise<void>;
}

export async function startNewsletterApp(environment: Record<string, string> = {}): Promise<NewsletterApp> {
  const mail = await startMailStandin();
  const clock = new TestClock();
  const app = await startTestApp({
    clock,
    environment: {
      SMTP_URL: mail.smtpUrl,
      MAIL_FROM: 'newsletter@gyeongdan.example',
      MAIL_SENDER_CONTACT: '서울시 중구 1, 02-000-0000',
      MAIL_PER_MINUTE: '0',
      ...environment,
    },
  });
  const { prisma } = app.context.database;
  const signal = new AbortController().signal;

  const world: NewsletterApp = {
    app,
    mail,
    clock,
    subscribe: (email, { name = '홍길동', categories = ECONOMY, token } = {}) =>
      app.send(SubscribeNewsletterDocument, { input: { email, name, categories } }, { token }),
    sendDue: () => app.workerContext.confirmationMails.sendDue(signal),
    mailsTo: (email) => mail.mails.filter(({ envelope }) => envelope.to.includes(email)),
    async confirmationToken(email) {
      const newest = world.mailsTo(email).at(-1);
      if (!newest) throw new Error('no mail came');
      const link = (await newest.links()).find((url) =>
        url.startsWith(`${app.config.publicUrl}/newsletter/confirm?`),
      );
      return new URL(link!).searchParams.get('token')!;
    },
    confirm: (token) => app.send(ConfirmNewsletterDocument, { token }),
    unsubscribe: (token) => app.send(UnsubscribeNewsletterDocument, { token }),
    async subscribed(email, categories = ECONOMY) {
      await world.subscribe(email, { categories });
      await world.sendDue();
      await world.confirm(await world.confirmationToken(email));
      return (await world.row(email))!;
    },
    row: (email) => prisma.newsletterSubscription.findFirst({ where: { email } }),
    async unsubscribeTokenOf(email) {
      return unsubscribeToken((await world.row(email))!);
    },
    async close() {
      await app.close();
      await mail.close();
    },
  };
  return world;
}
