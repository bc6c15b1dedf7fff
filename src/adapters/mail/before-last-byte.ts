import { Readable } from 'node:stream';

/** How far a mail has come, beside it in nodemailer's options. */
interface Handing {
  handOver: (() => Promise<void>) | undefined;
  /** Nobody waits for it any more: it must not be ended. */
  isOver: boolean;
  /** The server may have taken it. */
  isDone: boolean;
  /** Why it was not handed over, when that was not the server's doing. */
  refusal: unknown;
}

interface Mail {
  data: object;
  message: { processFunc(stage: (input: Readable) => Readable): void };
}

/**
 * A plugin of nodemailer: the last byte of a mail and the final dot, without which no server takes it, wait for `handOver`.
 * Nothing is read before the server has agreed to DATA: a stage that buffers would be at its end long before.
 */
export function beforeLastByte({ data, message }: Mail, done: () => void): void {
  const { handing } = data as { handing: Handing };
  message.processFunc((input) => Readable.from(withheld(input, handing), { objectMode: false }));
  done();
}

async function* withheld(input: Readable, handing: Handing): AsyncGenerator<Buffer> {
  let last: Buffer | undefined;
  for await (const piece of input as AsyncIterable<Buffer>) {
    if (last) yield last;
    last = piece;
  }
  if (last && last.length > 1) yield last.subarray(0, -1);
  await handOver(handing);
  if (last) yield last.subarray(-1);
}

async function handOver(handing: Handing): Promise<void> {
  // A second connection after the first one got everything would send it twice.
  if (handing.isOver || handing.isDone) throw new Error('the mail is over');
  try {
    await handing.handOver?.();
  } catch (error) {
    handing.refusal = error;
    throw error;
  }
  // The connection may have been lost meanwhile.
  if (handing.isOver) throw new Error('the mail is over');
  handing.isDone = true;
}
