import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayContext } from '../../context/gateway';
import { CHART_PAGES } from '../../domain/insight/chart-urls';
import type { PictureRequest } from '../../domain/insight/chart-picture.service';
import { AppError } from '../../errors';
import { NOT_STORED } from '../../schema/cache-hints';
import { authenticate } from '../authenticate';
import { visitorOf } from './visitor';

const FILE = /^([0-9a-f]{64})\.(svg|png)$/;
const TYPES = { svg: 'image/svg+xml; charset=utf-8', png: 'image/png' };
/** Another drawing has another address. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** An SVG that is opened by itself is a document: it may only style itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** The pictures of insights: of published ones for anybody, of those in review or hidden for ADMIN. */
export function registerCharts(app: FastifyInstance, context: GatewayContext): void {
  const { chartPictures } = context.services;
  app.get<{ Params: { insightId: string; file: string } }>(
    `${CHART_PAGES}/:insightId/:file`,
    async (request, reply) => {
      const { insightId, file } = request.params;
      const [, hash, format] = FILE.exec(file) ?? [];
      if (hash === undefined) throw new AppError('NOT_FOUND');
      const wanted: PictureRequest = { insightId, hash, format: format as PictureRequest['format'] };
      const published = await chartPictures.read(wanted);
      if (published !== null) return answer(request, reply, wanted, published, FOR_EVER);
      const unpublished =
        (await isAdmin(request, context)) && (await chartPictures.read(wanted, { unpublished: true }));
      if (!unpublished) throw new AppError('NOT_FOUND');
      return answer(request, reply, wanted, unpublished, NOT_STORED);
    },
  );
}

function answer(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { hash, format }: PictureRequest,
  picture: string | Uint8Array,
  cacheControl: string,
): FastifyReply {
  const etag = `"${hash}"`;
  reply
    .header('cache-control', cacheControl)
    .header('content-security-policy', POLICY)
    // Other sites show it in their pages.
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('etag', etag);
  if (headers['if-none-match']?.includes(etag)) return reply.code(304).send();
  return reply.type(TYPES[format]).send(picture);
}

async function isAdmin(request: FastifyRequest, context: GatewayContext): Promise<boolean> {
  const { authorization } = request.headers;
  if (authorization === undefined) return (await visitorOf(request, context))?.role === 'ADMIN';
  const credentials = { authorization, cookie: undefined, origin: undefined, acceptsCookie: false };
  return (await authenticate(context, credentials)).viewer?.role === 'ADMIN';
}
