import type { FastifyInstance } from 'fastify';
import { asAppError } from '../../adapters/database/database-errors';
import type { GatewayContext } from '../../context/gateway';
import { SOURCE_PAGES } from '../../domain/answer/answer.service';
import { selectMovedArticle } from '../../domain/import/old-links.sql';
import { AppError } from '../../errors';

/** An article that is hidden later is absent at the address that this leads to. */
const FOR_AN_HOUR = 'public, max-age=3600';

/** Where the articles of the old service are now: bookmarks and search engines know them by their old numbers. */
export function registerOldLinks(app: FastifyInstance, { config, database }: GatewayContext): void {
  const articles = config.webUrl ? `${config.webUrl}/articles` : config.publicUrl + SOURCE_PAGES.article;
  app.get<{ Params: { id: string } }>('/old/article/:id', async (request, reply) => {
    const id = await selectMovedArticle(database.pool, request.params.id).catch((error: unknown) => {
      throw asAppError(error);
    });
    if (id === null) throw new AppError('NOT_FOUND');
    return reply.header('cache-control', FOR_AN_HOUR).redirect(`${articles}/${id}`, 301);
  });
}
