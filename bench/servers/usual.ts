import { createPublicKey } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import jwt from 'jsonwebtoken';
import { openDatabase } from '../../src/adapters/database/database';
import { createLogger } from '../../src/logger';
import { runChild } from './child';
import { usualSchema, type UsualContext } from './usual-schema';

/** Apollo standalone, type-graphql, graphql-shield, Prisma, jsonwebtoken: as their guides put them together. */
runChild(async ({ databaseUrl, signingKey }) => {
  const logger = createLogger({ level: 'error', pretty: false });
  const { prisma } = openDatabase({ url: databaseUrl, connections: 10, logger });
  const key = createPublicKey(signingKey);
  const server = new ApolloServer<UsualContext>({ schema: usualSchema() });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: async ({ req }) => {
      const token = req.headers.authorization?.replace('Bearer ', '') ?? '';
      const { sub } = jwt.verify(token, key, { algorithms: ['ES256'] });
      return { prisma, viewer: { userId: String(sub), role: 'USER' } };
    },
  });
  return { url: url.replace(/\/$/, '') };
});
