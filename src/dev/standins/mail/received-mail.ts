import { simpleParser, type ParsedMail } from 'mailparser';

/** A mail as the stand-in took it. */
export class ReceivedMail {
  readonly receivedAt = new Date();

  constructor(
    /** 1 for the first. */
    readonly number: number,
    /** What the client said outside of the mail: only these addresses get it. */
    readonly envelope: { from: string; to: string[] },
    /** With its headers. */
    readonly source: Buffer,
  ) {}

  /** Decoded: subject, headers, text, html. */
  parsed(): Promise<ParsedMail> {
    return simpleParser(this.source);
  }

  /** Where its text leads to, each address once. */
  async links(): Promise<string[]> {
    const { text = '' } = await this.parsed();
    return [...new Set(text.match(/https?:\/\/[^\s<>"']+/g))];
  }
}
