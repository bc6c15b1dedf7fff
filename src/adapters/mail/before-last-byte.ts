import { Transform } from 'node:stream';

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
  message: { transform(stage: () => Transform): void };
}

/** A plugin of nodemailer: the final dot, without which no server takes a mail, waits for `handOver`. */
export function beforeLastByte({ data, message }: Mail, done: () => void): void {
  const { handing } = data as { handing: Handing };
  message.transform(
    () =>
      new Transform({
        transform: (chunk, _encoding, next) => next(null, chunk),
        flush(next) {
          handOver(handing).then(() => next(), next);
        },
      }),
  );
  done();
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
