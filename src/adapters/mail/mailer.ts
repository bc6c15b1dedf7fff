import { createTransport } from 'nodemailer';
import type { ObserveUpstream } from '../telemetry/upstream-observer';

/** One mail to one person. */
export interface OutgoingMail {
  /** Never a string: a comma or a line break in one makes another recipient. */
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
  /** Header names and values; none of them may hold what a reader wrote. */
  headers?: Record<string, string>;
  /** Of the message, without angle brackets; the same one for each try of a mail. */
  messageId?: string;
}

export interface MailerOptions {
  /** smtp://user:password@host:587 (STARTTLS) or smtps://… */
  url: string;
  from: { name: string; address: string };
  /** Of this process; 0 for no limit. */
  messagesPerMinute: number;
  /** Whether a server without TLS will do: only for one on this machine. */
  allowsPlain: boolean;
  observe?: ObserveUpstream;
}

/** What became of a mail that was not taken. `REJECTED`: this address, for good. `LATER`: this mail, for now. `AWAY`: no server. */
export type MailRefusal = 'REJECTED' | 'LATER' | 'AWAY';

/** Its message holds no address and nothing that the server wrote. */
export class MailError extends Error {
  constructor(
    readonly refusal: MailRefusal,
    /** The server's reply, e.g. 421 or 550; null when it gave none. */
    readonly replyCode: number | null,
    /** Whether the server may have taken the mail all the same: it went away after it was handed over. */
    readonly doubtful: boolean,
  ) {
    super(`mail: ${refusal} ${replyCode ?? ''}`.trim());
    this.name = 'MailError';
  }
}

const TIMEOUT_MS = 20_000;
const CONNECTIONS = 4;
const MESSAGES_OF_CONNECTION = 100;

/** Sends mail over a few connections that stay open. */
export class Mailer {
  private readonly transport;

  constructor(private readonly options: MailerOptions) {
    const { url, allowsPlain, messagesPerMinute, from } = options;
    this.transport = createTransport(
      {
        url,
        pool: true,
        maxConnections: CONNECTIONS,
        maxMessages: MESSAGES_OF_CONNECTION,
        // A mail whose connection broke may have been taken: whoever sends it decides.
        maxRequeues: 0,
        ...(messagesPerMinute > 0 && { rateDelta: 60_000, rateLimit: messagesPerMinute }),
        requireTLS: !allowsPlain,
        connectionTimeout: TIMEOUT_MS,
        greetingTimeout: TIMEOUT_MS,
        socketTimeout: TIMEOUT_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      },
      { from },
    );
  }

  /** @throws MailError when the server did not take it */
  async send({ to, messageId, ...mail }: OutgoingMail): Promise<void> {
    const { observe = (call) => call() } = this.options;
    await observe(async () => {
      try {
        await this.transport.sendMail({ ...mail, to, ...(messageId && { messageId: `<${messageId}>` }) });
      } catch (error) {
        throw mailErrorOf(error);
      }
    });
  }

  close(): void {
    this.transport.close();
  }
}

function mailErrorOf(error: unknown): MailError {
  const { code, command, responseCode } = (error ?? {}) as {
    code?: string;
    command?: string;
    responseCode?: number;
  };
  const replyCode = responseCode ?? null;
  // A server that refuses us, not the address: our login, our TLS, our connection.
  if (code === 'EAUTH' || code === 'ETLS' || code === 'EDNS') return new MailError('AWAY', replyCode, false);
  if (replyCode !== null && replyCode >= 500) return new MailError('REJECTED', replyCode, false);
  if (replyCode !== null && replyCode >= 400) return new MailError('LATER', replyCode, false);
  return new MailError('AWAY', null, command === 'CONN');
}
