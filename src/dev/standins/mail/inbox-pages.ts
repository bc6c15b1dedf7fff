import path from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { templatesIn } from '../../../templates';
import type { ReceivedMail } from './received-mail';

const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Of the mail itself, which nothing may run in: its links open beside it. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; form-action 'none'; frame-ancestors 'self'; " +
  'sandbox allow-popups allow-popups-to-escape-sandbox';
const TIME = new Intl.DateTimeFormat('ko-KR', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  hourCycle: 'h23',
  timeZone: 'Asia/Seoul',
});

const render = templatesIn(path.join(__dirname, 'templates'));

/** What the stand-in has taken, newest first: for people, and as JSON for scripts. */
export function registerInbox(app: FastifyInstance, { mails }: { mails: readonly ReceivedMail[] }): void {
  const newestFirst = () => Promise.all([...mails].reverse().map(lineOf));
  const find = (number: string) => mails.find((mail) => String(mail.number) === number);

  app.get('/', async (_request, reply) => sendPage(reply, render('inbox', { mails: await newestFirst() })));
  app.get('/mails.json', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send(await newestFirst()),
  );
  app.get<{ Params: { number: string } }>('/mails/:number', async ({ params }, reply) => {
    const mail = find(params.number);
    if (!mail) return sendPage(reply.code(404), render('absent', {}));
    const { headerLines, html } = await mail.parsed();
    const headers = headerLines.map(({ line }) => line.replace(/\r?\n\s+/g, ' '));
    return sendPage(reply, render('mail', { ...(await lineOf(mail)), headers, hasHtml: Boolean(html) }));
  });
  app.get<{ Params: { number: string } }>('/mails/:number/html', async ({ params }, reply) => {
    const html = await find(params.number)
      ?.parsed()
      .then((mail) => mail.html || null);
    if (!html) return sendPage(reply.code(404), render('absent', {}));
    return sendPage(reply, withLinksBeside(html), MAIL_POLICY);
  });
}

async function lineOf(mail: ReceivedMail) {
  const { subject = '', from, text = '' } = await mail.parsed();
  return {
    number: mail.number,
    at: TIME.format(mail.receivedAt),
    from: from?.text ?? mail.envelope.from,
    to: mail.envelope.to.join(', '),
    subject,
    text,
    links: await mail.links(),
  };
}

function sendPage(reply: FastifyReply, html: string, policy = PAGE_POLICY): FastifyReply {
  return reply
    .headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(html);
}

/** Inside the frame our own pages, to which the links lead, refuse to be shown. */
function withLinksBeside(html: string): string {
  const base = '<base target="_blank">';
  return /<head[\s>]/i.test(html) ? html.replace(/<head(\s[^>]*)?>/i, `$&${base}`) : base + html;
}
