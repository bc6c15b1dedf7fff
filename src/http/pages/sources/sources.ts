import path from 'node:path';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { asAppError } from '../../../adapters/database/database-errors';
import type { GatewayContext } from '../../../context/gateway';
import { SOURCE_PAGES, type OwnKind } from '../../../domain/answer/answer.service';
import type { SourceText } from '../../../domain/answer/source.service';
import { NOT_STORED } from '../../../schema/cache-hints';
import { templatesIn } from '../../../templates';
import { pageSecurity } from '../page-security';
import type { Assets } from '../playground/assets';

const HEADINGS: Record<OwnKind, string> = { term: '용어', faq: '자주 묻는 질문', article: '기사' };
const ABSENT: SourceText = {
  title: '찾을 수 없습니다',
  paragraphs: ['지워졌거나 공개되지 않은 글입니다.'],
};
const AWAY: SourceText = { title: '지금은 연결할 수 없습니다', paragraphs: ['잠시 후 새로 고쳐 주세요.'] };

const render = templatesIn(path.join(__dirname, 'templates'));

/** What answers link to as their sources: terms, FAQs and published articles, for anybody. */
export async function registerSources(
  app: FastifyInstance,
  { logger, services }: GatewayContext,
  { style }: Assets,
): Promise<void> {
  await app.register(async (pages) => {
    await pages.register(helmet, pageSecurity());
    for (const [kind, folder] of Object.entries(SOURCE_PAGES) as [OwnKind, string][])
      pages.get<{ Params: { id: string } }>(`${folder}/:id`, async (request, reply) => {
        const page = (source: SourceText) =>
          render('source', { ...source, heading: HEADINGS[kind], style: style.url });
        reply.type('text/html; charset=utf-8').header('cache-control', NOT_STORED);
        try {
          const source = await services.sources.read(kind, request.params.id);
          return await reply.code(source ? 200 : 404).send(page(source ?? ABSENT));
        } catch (error) {
          const fault = asAppError(error);
          if (fault !== error) logger.warn({ error }, 'a source could not be shown');
          return reply.code(fault.status).send(page(AWAY));
        }
      });
  });
}
