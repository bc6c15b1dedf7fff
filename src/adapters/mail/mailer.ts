import { createTransport } from 'nodemailer';
import { withinDeadline } from '../http/deadline';
import { EvenPace } from '../rate-limiter/even-pace';
import type { ObserveUpstream } from '../telemetry/upstream-observer';
import { beforeLastByte } from './before-last-byte';
import { MailError, mailErrorOf } from './mail-error';

export { MailError, type MailRefusal } from './mail-error';

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
  /** Of this process, evenly spaced; 0 for no limit. */
  messagesPerMinute: number;
  /** Whether a server on this machine may do without TLS; one elsewhere never may. */
  allowsPlain: boolean;
  /** Certificates to trust instead of the system's, in PEM. */
  ca?: string;
  observe?: ObserveUpstream;
  onOutcome?: (outcome: MailOutcome) => void;
  timeoutMs?: number;
}

/** `sent`, or why not; a label of the metrics. */
export type MailOutcome = 'sent' | 'doubtful' | Lowercase<MailError['refusal']>;

/** Connections that stay open: more mails than this at once wait for one. */
export const MAIL_CONNECTIONS = 4;
const MESSAGES_OF_CONNECTION = 100;
const CONNECT_TIMEOUT_MS = 20_000;
/** A server that looks through a mail may take its time before it says that it has taken it. */
const REPLY_TIMEOUT_MS = 60_000;
/** Of one mail: a server that says a little again and again would keep it for ever. */
const MAIL_TIMEOUT_MS = 240_000;
const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/;
/** What would be more than one address, or none. */
const NO_ADDRESS = /[\s,;:<>()"\\\p{Cc}]|^[^@]*$|@.*@/u;

/** Sends mail over a few connections that stay open. */
export class Mailer {
  private readonly transport;
  private readonly pace: EvenPace;

  constructor(private readonly options: MailerOptions) {
    const { url, allowsPlain, messagesPerMinute, from, ca } = options;
    this.pace = new EvenPace(messagesPerMinute);
    const isPlain = allowsPlain && LOOPBACK.test(new URL(url).hostname);
    this.transport = createTransport(
      {
        url,
        pool: true,
        maxConnections: MAIL_CONNECTIONS,
        maxMessages: MESSAGES_OF_CONNECTION,
        // A mail whose connection broke may have been taken: whoever sends it decides.
        maxRequeues: 0,
        requireTLS: !isPlain,
        ignoreTLS: isPlain,
        ...(ca !== undefined && { tls: { ca } }),
        connectionTimeout: CONNECT_TIMEOUT_MS,
        greetingTimeout: CONNECT_TIMEOUT_MS,
        socketTimeout: REPLY_TIMEOUT_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      },
      { from },
    );
    this.transport.use('stream', beforeLastByte);
  }

  /**
   * `handOver` is awaited when the server has everything but the end of the mail, which it cannot have taken before; what
   * it throws is thrown here, and the mail is not sent.
   * @throws MailError when the server did not take it
   */
  async send({ to, messageId, ...mail }: OutgoingMail, handOver?: () => Promise<void>): Promise<void> {
    const { observe = (call) => call(), timeoutMs = MAIL_TIMEOUT_MS } = this.options;
    if (NO_ADDRESS.test(to.address)) throw this.told(new MailError('REJECTED', null, false));
    await this.pace.turn();
    const handing = { handOver, isOver: false, isDone: false, refusal: undefined as unknown };
    const message = { ...mail, to, handing, ...(messageId && { messageId: `<${messageId}>` }) };
    const deadline = { timeoutMs, late: () => new Error('the server took too long') };
    await observe(async () => {
      try {
        await withinDeadline(deadline, () => this.transport.sendMail(message));
        if (!handing.isDone) throw new Error('the server took a mail that it does not have');
      } catch (error) {
        if (handing.refusal !== undefined) throw handing.refusal;
        throw this.told(mailErrorOf(error, handing.isDone));
      } finally {
        handing.isOver = true;
      }
    });
    this.options.onOutcome?.('sent');
  }

  close(): void {
    this.transport.close();
  }

  private told(error: MailError): MailError {
    this.options.onOutcome?.(error.doubtful ? 'doubtful' : (error.refusal.toLowerCase() as MailOutcome));
    return error;
  }
}
