import type { Prisma } from '../../adapters/database/database';
import { isId } from '../shared/paging';

export interface PictureRequest {
  insightId: string;
  /** Of the SVG. */
  hash: string;
  format: 'svg' | 'png';
}

/** Reading the pictures of insights. */
export class ChartPictureService {
  constructor(private readonly deps: { prisma: Prisma }) {}

  /** null for another hash than the present one, and, unless `unpublished` ones are asked for, what is in review or hidden. */
  async read(
    { insightId, hash, format }: PictureRequest,
    { unpublished = false } = {},
  ): Promise<string | Uint8Array | null> {
    if (!isId(insightId)) return null;
    const picture = await this.deps.prisma.insightPicture.findFirst({
      where: {
        insightId,
        hash,
        insight: { status: unpublished ? { in: ['IN_REVIEW', 'HIDDEN'] } : 'PUBLISHED' },
      },
      select: { svg: format === 'svg', png: format === 'png' },
    });
    return picture && picture[format];
  }
}
