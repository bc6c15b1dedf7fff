/**
 * What became of a mail that was not taken. `REJECTED`: there is no such mailbox. `BLOCKED`: it wants no such mail from us.
 * `LATER`: not now. `AWAY`: no server that may be talked to. `REFUSED`: our sign-in or our sender is wrong, whoever it is to.
 */
export type MailRefusal = 'REJECTED' | 'BLOCKED' | 'LATER' | 'AWAY' | 'REFUSED';

/** Its message holds no address and nothing that the server wrote. */
export class MailError extends Error {
  constructor(
    readonly refusal: MailRefusal,
    /** The server's reply, e.g. 421 or 550; null when it gave none. */
    readonly replyCode: number | null,
    /** Whether the server may have taken the mail all the same: it went away, or was silent, after it had all of it. */
    readonly doubtful: boolean,
  ) {
    super(`mail: ${refusal} ${replyCode ?? ''}`.trim());
    this.name = 'MailError';
  }
}

interface NodemailerError {
  code?: string;
  /** Of SMTP, that the server replied to; CONN for what it said unasked. */
  command?: string;
  responseCode?: number;
  response?: string;
}

/** RFC 3463: security or policy. */
const POLICY = /^5\d\d[ -]5\.7\.\d/;

/** What nodemailer's error means; `handedOver` when the server had the whole mail. */
export function mailErrorOf(error: unknown, handedOver: boolean): MailError {
  const { code, command, responseCode, response } = (error ?? {}) as NodemailerError;
  // A reply that is no refusal was for something else, or is none of SMTP.
  if (responseCode === undefined || responseCode < 400 || responseCode > 599) {
    // Nodemailer itself will not send to such an address.
    if (code === 'EENVELOPE' && response === undefined) return new MailError('REJECTED', null, false);
    return new MailError(code === 'EAUTH' ? 'REFUSED' : 'AWAY', null, handedOver);
  }
  return new MailError(refusalOf(), responseCode, false);

  function refusalOf(): MailRefusal {
    const isPassing = responseCode! < 500;
    if (code === 'EAUTH') return isPassing ? 'AWAY' : 'REFUSED';
    if (command === 'MAIL FROM') return isPassing ? 'LATER' : 'REFUSED';
    if (command !== 'RCPT TO' && command !== 'DATA') return isPassing && handedOver ? 'LATER' : 'AWAY';
    if (isPassing) return 'LATER';
    return POLICY.test(response ?? '') ? 'BLOCKED' : 'REJECTED';
  }
}
