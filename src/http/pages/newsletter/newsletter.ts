import path from 'node:path';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { asAppError } from '../../../adapters/database/database-errors';
import type { GatewayContext } from '../../../context/gateway';
import { CATEGORY_NAMES } from '../../../domain/article/category';
import { CONFIRM_PATH, UNSUBSCRIBE_PATH } from '../../../domain/newsletter/links';
import { koreanDate } from '../../../domain/reading/korean-calendar';
import { NOT_STORED } from '../../../schema/cache-hints';
import { templatesIn } from '../../../templates';
import { pageSecurity } from '../page-security';
import type { Assets } from '../playground/assets';

/** `token` is the authority: whoever has it has the mail. No cookie is asked for, so no page of a stranger can use one. */
interface Linked {
  Querystring: { token?: string | string[] };
}

interface NewsletterPage {
  title: string;
  paragraphs: string[];
  /** What posts to the same address; scanners of mail open links, and press nothing. */
  button?: string;
}

const NO_OFFER: NewsletterPage = {
  title: '이 링크는 더 쓸 수 없어요',
  paragraphs: [
    '이미 확인을 마쳤거나, 48시간이 지났거나, 더 새로운 확인 메일이 있어요.',
    '이미 확인했다면 그대로 두면 돼요. 아니라면 뉴스레터를 다시 신청해 주세요. 새 메일을 보내 드릴게요.',
  ],
};
const NO_SUBSCRIPTION: NewsletterPage = {
  title: '이 링크로 받는 뉴스레터가 없어요',
  paragraphs: ['링크가 잘렸을 수 있어요. 가장 최근에 받은 메일에서 해지 링크를 다시 눌러 주세요.'],
};
const AWAY: NewsletterPage = {
  title: '지금은 연결할 수 없어요',
  paragraphs: ['잠시 후 이 페이지를 다시 열어 주세요. 링크는 그대로 쓸 수 있어요.'],
};
const STOP: NewsletterPage = {
  title: '뉴스레터를 그만 받을까요?',
  paragraphs: ['아래 버튼을 누르면 바로 해지되고, 이 주소를 지워요.'],
  button: '구독 해지하기',
};

const STOPPED: NewsletterPage = {
  title: '이미 해지했어요',
  paragraphs: ['이 링크로 받던 뉴스레터는 더 보내지 않아요. 다시 받고 싶으면 언제든 새로 신청할 수 있어요.'],
};

const render = templatesIn(path.join(__dirname, 'templates'));

/** Where the links of our mails lead to. */
export async function registerNewsletter(
  app: FastifyInstance,
  { clock, config, logger, services: { subscriptions } }: GatewayContext,
  { style }: Assets,
): Promise<void> {
  const sender = config.mail?.from.name ?? '경단';
  const contact = config.mail?.contact;
  // Not even to our own stylesheet: the address of the page has the token.
  const security = {
    ...pageSecurity({ 'form-action': ["'self'"] }),
    referrerPolicy: { policy: 'no-referrer' as const },
  };

  await app.register(async (pages) => {
    await pages.register(helmet, security);
    pages.addHook('onRequest', async (_request, reply) => {
      reply.type('text/html; charset=utf-8').header('cache-control', NOT_STORED);
    });

    pages.get<Linked>(CONFIRM_PATH, ({ query }, reply) =>
      answer(reply, NO_OFFER, async () => {
        const offer = await subscriptions.offerOf(tokenOf(query));
        if (!offer) return null;
        return {
          title: `${sender} 뉴스레터를 받을까요?`,
          paragraphs: [`받는 이름: ${offer.name}`, `받는 분야: ${namesOf(offer.categories)}`],
          button: offer.again ? '계속 받기' : '구독하기',
        };
      }),
    );
    pages.post<Linked>(CONFIRM_PATH, ({ query }, reply) =>
      answer(reply, NO_OFFER, async () => {
        const { name, categories, consentedAt } = await subscriptions.confirm(tokenOf(query));
        return {
          title: '구독을 확인했어요',
          paragraphs: [
            `${name} 님, 이제 ${namesOf(categories)} 뉴스레터를 매주 보내 드려요.`,
            `${koreanDate(consentedAt!)}에 ${sender} 뉴스레터를 받겠다고 동의하셨어요. 모든 메일에 있는 링크로 언제든 무료로 해지할 수 있어요.`,
          ],
        };
      }),
    );
    pages.get<Linked>(UNSUBSCRIBE_PATH, ({ query }, reply) =>
      answer(reply, NO_SUBSCRIPTION, async () => {
        const goesOn = await subscriptions.goesOn(tokenOf(query));
        return goesOn === null ? null : goesOn ? STOP : STOPPED;
      }),
    );
    // Also for mail programs (RFC 8058): nothing but the token, and 200 at once.
    pages.post<Linked>(UNSUBSCRIBE_PATH, ({ query }, reply) =>
      answer(reply, NO_SUBSCRIPTION, async () => {
        await subscriptions.unsubscribe(tokenOf(query));
        return {
          title: '구독을 해지했어요',
          paragraphs: [
            `${koreanDate(clock.now())}에 ${sender} 뉴스레터를 해지했어요. 이 주소로는 더 보내지 않고, 주소는 지웠어요.`,
            '해지 결과를 알리는 메일은 따로 보내지 않아요. 다시 받고 싶으면 언제든 새로 신청할 수 있어요.',
          ],
        };
      }),
    );
  });

  async function answer(
    reply: FastifyReply,
    unknown: NewsletterPage,
    show: () => Promise<NewsletterPage | null>,
  ): Promise<FastifyReply> {
    try {
      const page = await show();
      return await send(reply.code(page ? 200 : 404), page ?? unknown);
    } catch (error) {
      const fault = asAppError(error);
      if (fault.code === 'BAD_USER_INPUT') return send(reply.code(404), unknown);
      logger.warn({ error }, 'a page of the newsletter could not be shown');
      return send(reply.code(fault.status), AWAY);
    }
  }

  function send(reply: FastifyReply, page: NewsletterPage): FastifyReply {
    return reply.send(render('newsletter', { ...page, style: style.url, sender, contact }));
  }
}

function tokenOf({ token }: Linked['Querystring']): string {
  return typeof token === 'string' ? token : '';
}

function namesOf(categories: readonly (keyof typeof CATEGORY_NAMES)[]): string {
  return categories.map((category) => CATEGORY_NAMES[category]).join(', ');
}
