import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

/** When a server says something; `END` is the reply to the final dot, `BODY` comes with the first line of a mail. */
export type SmtpStage = 'GREETING' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'BODY' | 'END';

/** A reply in place of the usual one: a line, `close` for a connection that is lost, or null for the usual one. */
export type SmtpScript = (
  stage: SmtpStage,
  mail: TakenMail,
) => string | 'close' | null | Promise<string | 'close' | null>;

export interface TakenMail {
  from: string;
  to: string[];
  /** As it came, without dot stuffing; its lines end with CRLF. */
  message: string;
  isSecure: boolean;
}

export interface SmtpServer {
  port: number;
  /** Mails whose final dot came and was not refused, also those of connections that were then lost. */
  taken: TakenMail[];
  /** Commands and what else came outside mails. */
  commands: string[];
  connections(): number;
  close(): Promise<void>;
}

export interface SmtpServerOptions {
  script?: SmtpScript;
  /** Offers STARTTLS, or speaks TLS from the start. */
  tls?: { key: string; cert: string; fromStart?: boolean };
  extensions?: string[];
  port?: number;
}

const USUAL: Record<SmtpStage, string | null> = {
  GREETING: '220 test', EHLO: null, STARTTLS: '220 go on', AUTH: '235 welcome', MAIL: '250 ok', RCPT: '250 ok',
  DATA: '354 go on', BODY: null, END: '250 taken',
}; // prettier-ignore

/** A mail server on loopback that speaks SMTP byte by byte, and as badly as the script wants. */
export async function startSmtpServer(options: SmtpServerOptions = {}): Promise<SmtpServer> {
  const { script = () => null, tls, extensions = [], port = 0 } = options;
  const sockets = new Set<Socket>();
  const taken: TakenMail[] = [];
  const commands: string[] = [];
  let connections = 0;

  const talk = (socket: Socket, isSecure: boolean, greets: boolean) => {
    let buffer = '';
    let inBody = false;
    let mail: TakenMail = { from: '', to: [], message: '', isSecure };
    let turn = Promise.resolve();

    const say = async (stage: SmtpStage): Promise<boolean> => {
      const scripted = await script(stage, mail);
      if (scripted === 'close') socket.destroy();
      const reply = scripted ?? USUAL[stage];
      if (reply !== null && reply !== 'close' && socket.writable) socket.write(`${reply}\r\n`);
      return scripted === null || /^[23]/.test(scripted);
    };
    const hear = async (line: string): Promise<void> => {
      if (inBody) {
        if (mail.message === '') await say('BODY');
        if (line !== '.') {
          mail.message += `${line.replace(/^\./, '')}\r\n`;
          return;
        }
        inBody = false;
        const scripted = script('END', mail);
        const reply = await scripted;
        if (reply === null || reply === 'close' || reply.startsWith('2')) taken.push(mail);
        if (reply === 'close') socket.destroy();
        else if (socket.writable) socket.write(`${reply ?? USUAL.END}\r\n`);
        mail = { from: '', to: [], message: '', isSecure };
        return;
      }
      commands.push(line);
      const verb = line.split(' ')[0]!.toUpperCase();
      if (verb === 'EHLO') {
        const offers = [...extensions, ...(tls && !isSecure ? ['STARTTLS'] : []), 'AUTH PLAIN'];
        if (await say('EHLO'))
          socket.write(
            ['250-test', ...offers.map((offer) => `250-${offer}`), '250 8BITMIME\r\n'].join('\r\n'),
          );
      } else if (verb === 'STARTTLS') {
        if (!tls) return void socket.write('502 not here\r\n');
        if (!(await say('STARTTLS'))) return;
        socket.removeAllListeners('data');
        talk(secured(socket), true, false);
      } else if (verb === 'AUTH') await say('AUTH');
      else if (verb === 'MAIL') {
        mail = { from: addressIn(line), to: [], message: '', isSecure };
        await say('MAIL');
      } else if (verb === 'RCPT') {
        mail.to.push(addressIn(line));
        if (!(await say('RCPT'))) mail.to.pop();
      } else if (verb === 'DATA') inBody = await say('DATA');
      else if (verb === 'QUIT') socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
    };
    const secured = (plain: Socket): Socket =>
      new TLSSocket(plain, { isServer: true, secureContext: createSecureContext(tls) });

    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      buffer += chunk.toString('utf8');
      const lines = buffer.split('\r\n');
      buffer = lines.pop()!;
      for (const line of lines) turn = turn.then(() => hear(line));
    });
    if (greets) turn = turn.then(() => say('GREETING')).then(() => {});
  };

  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (tls?.fromStart)
      talk(new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(tls) }), true, true);
    else talk(socket, false, true);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    taken,
    commands,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function addressIn(line: string): string {
  return /<(.*)>/.exec(line)?.[1] ?? '';
}
