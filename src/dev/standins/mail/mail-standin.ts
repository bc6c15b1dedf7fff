import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { registerInbox } from './inbox-pages';
import { ReceivedMail } from './received-mail';

/**
 * What becomes of one mail in place of being taken: a reply of the server to RCPT TO, or to DATA; a connection that breaks
 * before DATA, or behind it, when the mail was taken and when it was not; a mail that is taken once something has happened.
 */
export type MailMisbehaviour =
  | { reply: number; to?: 'rcpt' | 'data' }
  | 'break before data'
  | 'break untaken'
  | 'break taken'
  | { until: Promise<unknown> };

/** The envelope of a mail that is on its way in. */
export interface OfferedMail {
  from: string;
  to: string;
}

export interface MailStandinOptions {
  /** Of the page. */
  port?: number;
  smtpPort?: number;
}

export interface MailStandin {
  /** What SMTP_URL is to be. */
  smtpUrl: string;
  /** The inbox, a page. */
  url: string;
  /** What was taken, oldest first: the last 500. */
  mails: ReceivedMail[];
  /** Asked for each mail that is offered; undefined: it is taken. */
  misbehave: ((offered: OfferedMail) => MailMisbehaviour | undefined) | null;
  /** Told of each mail that is taken, also of those that are not kept any more. */
  onTaken: ((mail: ReceivedMail) => void) | null;
  close(): Promise<void>;
}

export const MAX_MAILS = 500;
const MAX_BYTES = 2 * 1024 * 1024;

/** A mail server that delivers nothing: what it takes is shown on a page, and gone when it stops. */
export async function startMailStandin(options: MailStandinOptions = {}): Promise<MailStandin> {
  const { port = 0, smtpPort = 0 } = options;
  const app = fastify({ forceCloseConnections: true });
  const standin: Pick<MailStandin, 'mails' | 'misbehave' | 'onTaken'> = {
    mails: [],
    misbehave: null,
    onTaken: null,
  };
  const planned = new Map<string, MailMisbehaviour>();
  let taken = 0;

  const take = (session: SMTPServerSession, source: Buffer) => {
    const mail = new ReceivedMail(++taken, envelopeOf(session), source);
    standin.mails.push(mail);
    if (standin.mails.length > MAX_MAILS) standin.mails.shift();
    standin.onTaken?.(mail);
  };
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAX_BYTES,
    closeTimeout: 100,
    onRcptTo({ address }, session, done) {
      const offered = { from: addressOf(session.envelope.mailFrom), to: address };
      const how = standin.misbehave?.(offered);
      if (how === undefined) return done();
      if (how === 'break before data') return breakOff(smtp, session);
      if (typeof how === 'object' && 'reply' in how && how.to !== 'data') return done(refusal(how.reply));
      planned.set(session.id, how);
      return done();
    },
    onData(stream, session, done) {
      const how = planned.get(session.id);
      planned.delete(session.id);
      void read(stream).then(async (source) => {
        if (how === 'break untaken') return breakOff(smtp, session);
        if (typeof how === 'object' && 'reply' in how) return done(refusal(how.reply));
        if (typeof how === 'object') await how.until;
        take(session, source);
        return how === 'break taken' ? breakOff(smtp, session) : done();
      }, done);
    },
    onClose(session) {
      planned.delete(session.id);
    },
  });
  // A client that goes away in the middle of a mail is a part of the tests.
  smtp.on('error', () => {});

  registerInbox(app, standin);
  const url = await app.listen({ port, host: '127.0.0.1' });
  smtp.listen(smtpPort, '127.0.0.1');
  await once(smtp.server, 'listening');
  return Object.assign(standin, {
    url,
    smtpUrl: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    async close() {
      await app.close();
      for (const { _socket } of smtp.connections) _socket.destroy();
      await new Promise<void>((closed) => smtp.close(closed));
    },
  });
}

function envelopeOf({ envelope: { mailFrom, rcptTo } }: SMTPServerSession) {
  return { from: addressOf(mailFrom), to: rcptTo.map(({ address }) => address) };
}

function addressOf(mailFrom: SMTPServerSession['envelope']['mailFrom']): string {
  return mailFrom ? mailFrom.address : '';
}

function refusal(reply: number): Error {
  const words = reply >= 500 ? 'No such mailbox' : 'Try again later';
  return Object.assign(new Error(words), { responseCode: reply });
}

function breakOff(smtp: SMTPServer, { id }: SMTPServerSession): void {
  for (const connection of smtp.connections) if (connection.id === id) connection._socket.destroy();
}

async function read(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
