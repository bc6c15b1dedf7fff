import type { Prisma } from '../../src/adapters/database/database';
import type { Article, Prisma as PrismaTypes, Publisher, User } from '../../src/generated/prisma/client';

let made = 0;

/** A publisher under a name nobody else has. */
export function createPublisher(
  prisma: Prisma,
  data: Partial<PrismaTypes.PublisherUncheckedCreateInput> = {},
): Promise<Publisher> {
  return prisma.publisher.create({ data: { name: `언론사 ${++made}`, ...data } });
}

/** A published article; whatever matters to the test comes in `data`. */
export function createArticle(
  prisma: Prisma,
  data: Partial<PrismaTypes.ArticleUncheckedCreateInput> & { publisherId: string },
): Promise<Article> {
  const at = new Date(Date.UTC(2024, 6, 1) + ++made * 60_000);
  return prisma.article.create({
    data: {
      title: `기준금리 동결 ${made}`,
      content: '한국은행이 기준금리를 그대로 두기로 했어요.',
      comment: '금리는 돈의 값이에요.',
      category: 'ECONOMY_AND_BUSINESS',
      phrases: [{ expression: '기준금리', easy: '나라가 정하는 이자율' }],
      publishedAt: at,
      releasedAt: at,
      status: 'PUBLISHED',
      ...data,
    },
  });
}

/** A reader who never signed in through the gateway. */
export function createUser(
  prisma: Prisma,
  data: Partial<PrismaTypes.UserUncheckedCreateInput> = {},
): Promise<User> {
  const n = ++made;
  return prisma.user.create({
    data: { kakaoId: `77${n}`, name: `아무개 ${n}`, email: `somebody-${n}@example.com`, ...data },
  });
}
