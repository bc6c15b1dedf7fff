import { setImmediate as nextTurn } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { MailError } from '../../../src/adapters/mail/mail-error';
import { Mailer, type MailOutcome, type MailerOptions } from '../../../src/adapters/mail/mailer';
import { EvenPace } from '../../../src/adapters/rate-limiter/even-pace';
import { selfSigned } from '../../helpers/certificate';
import { closedAfterEach } from '../../helpers/closed-after-each';
import {
  startSmtpServer,
  type SmtpScript,
  type SmtpServer,
  type SmtpServerOptions,
  type SmtpStage,
} from '../../helpers/smtp-server';

const { cleanups } = closedAfterEach();
const READER = { name: '민지', address: 'minji@example.com' };
const LETTER = { subject: '이번 주 경제', html: '<p>금리</p>', text: '금리' };

async function start(
  options: SmtpServerOptions = {},
  mailing: Partial<MailerOptions> = {},
): Promise<{ server: SmtpServer; mailer: Mailer; outcomes: MailOutcome[] }> {
  const server = await startSmtpServer(options);
  cleanups.push(() => server.close());
  const outcomes: MailOutcome[] = [];
  const mailer = new Mailer({
    url: `smtp://127.0.0.1:${server.port}`,
    from: { name: '경단', address: 'letter@gyeongdan.example' },
    messagesPerMinute: 0,
    allowsPlain: true,
    onOutcome: (outcome) => void outcomes.push(outcome),
    ...mailing,
  });
  cleanups.push(async () => mailer.close());
  return { server, mailer, outcomes };
}

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (reason: unknown) => reason,
  );

const refusalOf = async (mailer: Mailer, to = READER): Promise<MailError> => {
  const error = await failureOf(mailer.send({ ...LETTER, to }));
  expect(error).toBeInstanceOf(MailError);
  return error as MailError;
};

const at =
  (stage: SmtpStage, reply: string): SmtpScript =>
  (now) =>
    now === stage ? reply : null;

describe('A mail', () => {
  it('arrives as it was written, at one address, from one connection', async () => {
    const { server, mailer, outcomes } = await start();
    const headers = { 'List-Unsubscribe': '<https://gyeongdan.example/leave>' };
    await mailer.send({ ...LETTER, to: READER, headers, messageId: 'letter-1@gyeongdan.example' });
    await mailer.send({ ...LETTER, to: READER });
    expect(server.connections()).toBe(1);
    expect(server.taken.map(({ from, to }) => ({ from, to }))).toEqual(
      Array(2).fill({ from: 'letter@gyeongdan.example', to: ['minji@example.com'] }),
    );
    const mail = await simpleParser(server.taken[0]!.message);
    expect({ ...mail, from: mail.from?.text, to: [mail.to].flat()[0]?.text }).toMatchObject({
      messageId: '<letter-1@gyeongdan.example>',
      subject: '이번 주 경제',
      from: '"경단" <letter@gyeongdan.example>',
      to: '"민지" <minji@example.com>',
    });
    expect([mail.html, mail.text?.trim()]).toEqual(['<p>금리</p>', '금리']);
    expect(outcomes).toEqual(['sent', 'sent']);
  });

  it('names no second recipient and no other header, whatever a name or an address holds', async () => {
    const { server, mailer } = await start();
    const names = [
      'a\r\nBcc: x@evil.example', 'a\nSubject: evil', 'x@evil.example, b', '"<x@evil.example>" b', '민지\u2028Bcc: x@evil.example',
      'a\u0000b', '=?utf-8?q?=0D=0ABcc:_x@evil.example?=', ';:<>()[]@,\\"', '가'.repeat(300),
    ]; // prettier-ignore
    for (const name of names)
      await mailer.send({ ...LETTER, subject: `s ${name}`, to: { name, address: READER.address } });
    expect(server.taken.map(({ to }) => to)).toEqual(names.map(() => [READER.address]));
    for (const { message } of server.taken) {
      const { headers } = await simpleParser(message);
      expect([...headers.keys()].sort()).toEqual(
        ['content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'].sort(),
      );
      expect([headers.get('bcc'), headers.get('cc')]).toEqual([undefined, undefined]);
    }
    const addresses = [
      'a@b.example\r\nRCPT TO:<x@evil.example>', 'a@b.example,x@evil.example', 'a@b.example x@evil.example', 'a@b.example;x@evil.example',
      '<x@evil.example>', 'a@b.example>\r\nDATA', '"a b"@b.example', 'a@b@evil.example', 'none', '', 'a\u0000@b.example', 'a@b.example\u0085x',
    ]; // prettier-ignore
    for (const address of addresses)
      expect(await refusalOf(mailer, { name: 'a', address })).toMatchObject({ refusal: 'REJECTED' });
    expect(server.taken).toHaveLength(names.length);
    expect(server.commands.filter((command) => command.includes('evil'))).toEqual([]);
  });

  it.each<[SmtpStage, string, MailError['refusal'], number]>([
    ['RCPT', '550 5.1.1 no such mailbox', 'REJECTED', 550],
    ['RCPT', '553 bad name', 'REJECTED', 553],
    ['RCPT', '554 5.7.1 relay access denied', 'BLOCKED', 554],
    ['RCPT', '450 4.2.1 greylisted', 'LATER', 450],
    ['RCPT', '452 4.2.2 mailbox full', 'LATER', 452],
    ['RCPT', '421 closing', 'LATER', 421],
    ['DATA', '554 no valid recipients', 'REJECTED', 554],
    ['DATA', '451 try again', 'LATER', 451],
    ['END', '550 5.1.1 gone', 'REJECTED', 550],
    ['END', '554 5.7.1 spam', 'BLOCKED', 554],
    ['END', '452 disk full', 'LATER', 452],
    ['END', '421 closing', 'LATER', 421],
    ['MAIL', '550 5.7.1 sender unknown', 'REFUSED', 550],
    ['MAIL', '530 5.7.0 sign in first', 'REFUSED', 530],
    ['MAIL', '421 too many', 'LATER', 421],
    ['GREETING', '554 go away', 'AWAY', 554],
    ['GREETING', '421 busy', 'AWAY', 421],
    ['EHLO', '421 busy', 'AWAY', 421],
  ])('that gets %s → %s is %s, and never in doubt', async (stage, reply, refusal, replyCode) => {
    const { mailer, outcomes } = await start({ script: at(stage, reply) });
    expect({ ...(await refusalOf(mailer)) }).toMatchObject({ refusal, replyCode, doubtful: false });
    expect(outcomes).toEqual([refusal.toLowerCase()]);
  });

  it.each<[SmtpStage, boolean]>([
    ['GREETING', false],
    ['EHLO', false],
    ['MAIL', false],
    ['RCPT', false],
    ['DATA', false],
    ['BODY', false],
    ['END', true],
  ])('whose connection is lost at %s is in doubt: %s', async (stage, doubtful) => {
    const { server, mailer, outcomes } = await start({ script: at(stage, 'close') });
    expect({ ...(await refusalOf(mailer)) }).toMatchObject({ refusal: 'AWAY', replyCode: null, doubtful });
    expect(server.taken).toHaveLength(doubtful ? 1 : 0);
    expect(outcomes).toEqual([doubtful ? 'doubtful' : 'away']);
  });

  it('is not in doubt when a long one is cut off before its end', async () => {
    const { server, mailer } = await start({ script: at('BODY', 'close') });
    const html = `<p>${'금리 '.repeat(200_000)}</p>`;
    const error = await failureOf(mailer.send({ ...LETTER, html, to: READER }));
    expect(error).toMatchObject({ refusal: 'AWAY', doubtful: false });
    expect(server.taken).toEqual([]);
  });

  it('is refused for good before its end, and its end is not sent then', async () => {
    const { server, mailer } = await start({ script: at('BODY', '552 too large') });
    let isHanded = false;
    const html = `<p>${'금리 '.repeat(200_000)}</p>`;
    const handOver = async () => {
      await new Promise((resolve) => setTimeout(resolve));
      isHanded = true;
    };
    const error = await failureOf(mailer.send({ ...LETTER, html, to: READER }, handOver));
    expect(error).toMatchObject({ refusal: 'REJECTED', replyCode: 552, doubtful: false });
    expect([server.taken, isHanded]).toEqual([[], false]);
  });

  it('goes out over a connection that still stands when the last one was lost between two mails', async () => {
    let seen = 0;
    const { server, mailer } = await start({
      script: (stage) => (stage === 'MAIL' && ++seen === 2 ? 'close' : null),
    });
    await mailer.send({ ...LETTER, to: READER });
    expect(await refusalOf(mailer)).toMatchObject({ refusal: 'AWAY', doubtful: false });
    await mailer.send({ ...LETTER, to: READER });
    expect([server.taken.length, server.connections()]).toEqual([2, 2]);
  });

  it('is the reader’s only when its last moment allows it', async () => {
    const { server, mailer, outcomes } = await start();
    const told: string[] = [];
    await mailer.send({ ...LETTER, to: READER }, async () => {
      told.push(`before: ${server.taken.length}`);
    });
    expect(told).toEqual(['before: 0']);
    const left = new Error('the reader has left');
    const error = await failureOf(
      mailer.send({ ...LETTER, to: READER }, async () => {
        throw left;
      }),
    );
    expect(error).toBe(left);
    await mailer.send({ ...LETTER, to: READER });
    expect([server.taken.length, outcomes]).toEqual([2, ['sent', 'sent']]);
  });

  it('has its last moment once the server agrees to DATA, however slow that is, and is in no doubt before', async () => {
    const told: string[] = [];
    let tries = 0;
    const script: SmtpScript = async (stage) => {
      // Many turns of the loop, in which whatever can go ahead does.
      for (let n = 0; n < 500; n += 1) await nextTurn();
      told.push(stage);
      return stage === 'RCPT' && ++tries === 2 ? '421 4.3.2 closing' : null;
    };
    const { mailer } = await start({ script });
    const send = () => mailer.send({ ...LETTER, to: READER }, async () => void told.push('last moment'));
    await send();
    expect(told).toEqual(['GREETING', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'last moment', 'BODY', 'END']);
    expect(await failureOf(send())).toMatchObject({ doubtful: false });
    expect(told.slice(-2)).toEqual(['MAIL', 'RCPT']);
  });

  it('blames no reader for a server that speaks no SMTP', async () => {
    for (const reply of ['hello', '999 hm', '\u0000\u00ff'])
      expect(await refusalOf((await start({ script: at('RCPT', reply) })).mailer)).toMatchObject({
        refusal: 'AWAY',
        doubtful: false,
      });
  });

  it('is not sent because its server says so before it has it', async () => {
    for (const reply of ['354 go on\r\n250 taken', '354 go on\r\n250 taken\r\n250 taken\r\n250 taken']) {
      const { server, mailer, outcomes } = await start({ script: at('DATA', reply) });
      expect(await refusalOf(mailer)).toMatchObject({ refusal: 'AWAY', doubtful: false });
      expect([server.taken, outcomes]).toEqual([[], ['away']]);
    }
  });

  it('keeps nobody for ever whose server never comes to an end', async () => {
    const { mailer } = await start({ script: (stage) => (stage === 'RCPT' ? new Promise(() => {}) : null) }, { timeoutMs: 50 }); // prettier-ignore
    expect(await refusalOf(mailer)).toMatchObject({ refusal: 'AWAY', doubtful: false });
    const script: SmtpScript = (stage) => (stage === 'END' ? new Promise(() => {}) : null);
    const late = await start({ script }, { timeoutMs: 2_000 });
    expect(await refusalOf(late.mailer)).toMatchObject({ refusal: 'AWAY', doubtful: true });
  });

  it('tells that nobody is there, or that nobody may sign in, and no address', async () => {
    const { server, mailer } = await start();
    await server.close();
    const error = await refusalOf(mailer);
    expect({ ...error }).toMatchObject({ refusal: 'AWAY', replyCode: null, doubtful: false });
    expect(`${error.message} ${error.stack}`).not.toContain('minji');

    const guarded = await startSmtpServer({ script: at('AUTH', '535 5.7.8 wrong password of minji') });
    cleanups.push(() => guarded.close());
    const stranger = await start({}, { url: `smtp://me:wrong@127.0.0.1:${guarded.port}` });
    const refused = await refusalOf(stranger.mailer);
    expect({ ...refused }).toMatchObject({ refusal: 'REFUSED', replyCode: 535, doubtful: false });
    expect(`${refused.message} ${refused.stack}`).not.toMatch(/minji|wrong/);
  });

  it('is spaced evenly in time', () => {
    const pace = new EvenPace(600);
    expect([0, 0, 50, 1_000, 1_000].map((now) => pace.waitMs(now))).toEqual([0, 100, 150, 0, 100]);
    const free = new EvenPace(0);
    expect([0, 0, 0].map((now) => free.waitMs(now))).toEqual([0, 0, 0]);
  });
});

describe('The way to the server', () => {
  const own = selfSigned();

  it('is encrypted, with a certificate that is trusted, by STARTTLS and from the start', async () => {
    for (const fromStart of [false, true]) {
      const server = await startSmtpServer({ tls: { ...own, fromStart } });
      cleanups.push(() => server.close());
      const url = `${fromStart ? 'smtps' : 'smtp'}://me:secret@localhost:${server.port}`;
      const { mailer } = await start({}, { url, allowsPlain: false, ca: own.cert });
      await mailer.send({ ...LETTER, to: READER });
      expect(server.taken.map(({ isSecure }) => isSecure)).toEqual([true]);
    }
  });

  it('is not taken without encryption, nor with a certificate of nobody or of somebody else', async () => {
    const other = selfSigned('mail.example');
    const cases: [SmtpServerOptions, Partial<MailerOptions>][] = [
      [{}, {}],
      [{ tls: own }, {}],
      [{ tls: other }, { ca: other.cert }],
      [{ tls: { ...own, fromStart: true } }, {}],
    ];
    for (const [options, trusting] of cases) {
      const server = await startSmtpServer(options);
      cleanups.push(() => server.close());
      const url = `${options.tls?.fromStart ? 'smtps' : 'smtp'}://me:secret@localhost:${server.port}`;
      const { mailer } = await start({}, { url, allowsPlain: false, ...trusting });
      expect(await refusalOf(mailer)).toMatchObject({ refusal: 'AWAY', doubtful: false });
      expect(server.taken).toEqual([]);
      expect(server.commands.filter((command) => /^(AUTH|MAIL)/.test(command))).toEqual([]);
    }
  });
});
