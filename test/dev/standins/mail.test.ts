import { Mailer, type MailError, type OutgoingMail } from '../../../src/adapters/mail/mailer';
import { MAX_MAILS, startMailStandin, type MailStandin } from '../../../src/dev/standins/mail/mail-standin';

const MAIL: OutgoingMail = {
  to: { name: '홍길동', address: 'hong@example.com' },
  subject: '제목 <b>',
  html: '<!doctype html><html><head><title>t</title></head><body><a href="https://gyeongdan.example/a">여기</a></body></html>',
  text: '본문입니다. https://gyeongdan.example/a 와 https://gyeongdan.example/b',
};

describe('The stand-in of a mail server', () => {
  let standin: MailStandin;
  let mailer: Mailer;
  beforeEach(async () => {
    standin = await startMailStandin();
    mailer = new Mailer({
      url: standin.smtpUrl,
      from: { name: '경단', address: 'letters@gyeongdan.example' },
      messagesPerMinute: 0,
      allowsPlain: true,
    });
  });
  afterEach(async () => {
    mailer.close();
    await standin.close();
  });

  const failureOf = () => mailer.send(MAIL).then(() => null, (error: MailError) => error); // prettier-ignore

  it('takes a mail and shows it', async () => {
    await mailer.send(MAIL);
    expect(standin.mails[0]!.envelope).toEqual({
      from: 'letters@gyeongdan.example',
      to: ['hong@example.com'],
    });
    expect(await standin.mails[0]!.links()).toEqual([
      'https://gyeongdan.example/a',
      'https://gyeongdan.example/b',
    ]);
    const listed = (await (await fetch(`${standin.url}/mails.json`)).json()) as object[];
    expect(listed).toEqual([
      expect.objectContaining({ number: 1, to: 'hong@example.com', subject: '제목 <b>' }),
    ]);
    const list = await (await fetch(standin.url)).text();
    expect(list).toContain('<a href="/mails/1">제목 &lt;b&gt;</a>');
    const page = await (await fetch(`${standin.url}/mails/1`)).text();
    expect(page).toContain('<a href="https://gyeongdan.example/b"');
    expect(page).toContain('From: ');
  });

  it('shows the mail itself in a frame that runs nothing and opens links beside it', async () => {
    await mailer.send({ ...MAIL, html: `${MAIL.html}<script>alert(1)</script>` });
    const response = await fetch(`${standin.url}/mails/1/html`);
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'.* sandbox allow-popups/,
    );
    expect(await response.text()).toContain('<head><base target="_blank">');
    expect((await fetch(`${standin.url}/mails/2`)).status).toBe(404);
    expect((await fetch(`${standin.url}/mails/2/html`)).status).toBe(404);
  });

  it.each([
    ['AWAY', { reply: 421 } as const, 421],
    ['LATER', { reply: 450, to: 'data' } as const, 450],
    ['REJECTED', { reply: 550 } as const, 550],
    ['REJECTED', { reply: 550, to: 'data' } as const, 550],
    ['AWAY', 'break before data' as const, null],
    ['AWAY', 'break untaken' as const, null],
  ])('gives %s for %j', async (refusal, misbehaviour, replyCode) => {
    standin.misbehave = () => misbehaviour;
    expect(await failureOf()).toMatchObject({ refusal, replyCode });
    expect(standin.mails).toEqual([]);
    standin.misbehave = null;
    await mailer.send(MAIL);
    expect(standin.mails).toHaveLength(1);
  });

  it('can take a mail and break the connection before it says so', async () => {
    standin.misbehave = () => 'break taken';
    expect(await failureOf()).toMatchObject({ refusal: 'AWAY' });
    expect(standin.mails).toHaveLength(1);
  });

  it('can take a mail late', async () => {
    let release = () => {};
    const offered: string[] = [];
    standin.misbehave = ({ to }) => {
      offered.push(to);
      return { until: new Promise<void>((resolve) => (release = resolve)) };
    };
    const sent = mailer.send(MAIL).then(() => standin.mails.length);
    while (offered.length === 0) await new Promise(setImmediate);
    expect(standin.mails).toEqual([]);
    release();
    expect(await sent).toBe(1);
  });

  it('keeps the last ones only, and tells of each', async () => {
    const numbers: number[] = [];
    standin.onTaken = ({ number }) => numbers.push(number);
    for (let number = 0; number <= MAX_MAILS; number++) await mailer.send(MAIL);
    expect(standin.mails).toHaveLength(MAX_MAILS);
    expect([standin.mails[0]!.number, numbers.length]).toEqual([2, MAX_MAILS + 1]);
  });
});
