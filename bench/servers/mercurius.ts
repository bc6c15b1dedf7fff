import { createPublicKey } from 'node:crypto';
import Fastify from 'fastify';
import { GraphQLScalarType } from 'graphql';
import jwt from 'jsonwebtoken';
import mercurius from 'mercurius';
import pg from 'pg';
import { encodeCursor } from '../../src/domain/shared/paging';
import {
  articleOf,
  SELECT_ARTICLES,
  SELECT_WHOLE,
  wholeArticleOf,
  type ArticleRow,
  type WholeRow,
} from './bare-article';
import { runChild } from './child';

const SCHEMA = `
  scalar DateTime
  type Query {
    articles(first: Int = 20): ArticleConnection!
    article(id: ID!): Article
  }
  type ArticleConnection { edges: [ArticleEdge!]! pageInfo: PageInfo! }
  type ArticleEdge { node: Article! cursor: String! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type Article {
    id: ID! title: String! content: String! comment: String category: String! phrases: [Phrase!]!
    publisher: Publisher! sourceUrl: String imageUrl: String publishedAt: DateTime! releasedAt: DateTime viewCount: Int!
  }
  type Phrase { expression: String! easy: String! }
  type Publisher { id: ID! name: String! }`;

/**
 * Mercurius with compiled execution and one joined query for what a request asks. Tokens are verified once, then known.
 * It has no limits, no log and no metrics.
 */
runChild(async ({ databaseUrl, signingKey }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  const key = createPublicKey(signingKey);
  const viewers = new Map<string, string>();
  const viewerOf = (authorization = '') => {
    let viewer = viewers.get(authorization);
    if (viewer === undefined) {
      viewer = String(jwt.verify(authorization.replace('Bearer ', ''), key, { algorithms: ['ES256'] }).sub);
      viewers.set(authorization, viewer);
    }
    return viewer;
  };
  const app = Fastify({ logger: false });
  await app.register(mercurius, {
    schema: SCHEMA,
    jit: 1,
    context: (request) => ({ viewer: viewerOf(request.headers.authorization) }),
    resolvers: {
      DateTime: new GraphQLScalarType({ name: 'DateTime', serialize: (at) => (at as Date).toISOString() }),
      Query: {
        articles: (_root, { first }: { first: number }) => listOf(pool, first),
        article: (_root, { id }: { id: string }) => articleWith(pool, id),
      },
    },
  });
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }) };
});

async function listOf(pool: pg.Pool, first: number) {
  const { rows } = await pool.query<ArticleRow>({
    name: 'articles',
    text: `${SELECT_ARTICLES} WHERE a.status = 'PUBLISHED' ORDER BY a."releasedAt" DESC, a.id DESC LIMIT $1`,
    values: [first + 1],
    rowMode: 'array',
  });
  const edges = rows.slice(0, first).map((row) => ({
    cursor: encodeCursor({ at: row[6], id: row[0] }),
    node: articleOf(row),
  }));
  const pageInfo = {
    hasNextPage: rows.length > first,
    hasPreviousPage: false,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, pageInfo };
}

async function articleWith(pool: pg.Pool, id: string) {
  const { rows } = await pool.query<WholeRow>({
    name: 'article',
    text: `${SELECT_WHOLE} WHERE a.id = $1 AND a.status = 'PUBLISHED'`,
    values: [id],
    rowMode: 'array',
  });
  return rows[0] ? wholeArticleOf(rows[0]) : null;
}
