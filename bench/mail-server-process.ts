import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startSmtpServer } from '../test/helpers/smtp-server';

/** How the mail server behaves: told as JSON on the command line. */
export interface MailServerPlan {
  /** Each address that it took a mail for, a line. */
  ledger: string;
  /** Whether it says 421 to a tenth, and loses connections before and after the last byte. */
  isFaulty: boolean;
  /** A worker is to die at each so-manieth last byte; 0 for never. */
  killEvery: number;
}

/** What it tells its parent: where it listens, and when a worker is to die. */
export type MailServerNews = { port: number } | 'kill';

const EVERY = { later: 10, lostBefore: 200, lostTaken: 500, lostUntaken: 700 };
/** Longer than a worker takes to die. */
const HELD_MS = 400;

/** A mail server in a process of its own. */
async function main({ ledger, isFaulty, killEvery }: MailServerPlan): Promise<void> {
  const counts = { RCPT: 0, BODY: 0, END: 0 };
  const isTurn = (count: number, every: number) => isFaulty && count % every === every - 1;
  const server = await startSmtpServer({
    script: async (stage, mail) => {
      if (stage !== 'RCPT' && stage !== 'BODY' && stage !== 'END') return null;
      const count = ++counts[stage];
      if (stage === 'RCPT') return isTurn(count, EVERY.later) ? '421 4.3.2 closing' : null;
      if (stage === 'BODY') return isTurn(count, EVERY.lostBefore) ? 'close' : null;
      if (isTurn(count, EVERY.lostUntaken)) return 'close';
      appendFileSync(ledger, `${mail.to[0]}\n`);
      if (isTurn(count, EVERY.lostTaken)) return 'close';
      if (killEvery > 0 && count % killEvery === 0) {
        process.send!('kill' satisfies MailServerNews);
        // Every other one dies without knowing that this mail was taken.
        if ((count / killEvery) % 2 === 0) await delay(HELD_MS);
      }
      return null;
    },
  });
  process.send!({ port: server.port } satisfies MailServerNews);
}

if (require.main === module) void main(JSON.parse(process.argv[2]!) as MailServerPlan);
