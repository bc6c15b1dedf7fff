# One image for both processes and for migrations:
#   docker run … gyeongdan                       the gateway, on PORT
#   docker run … gyeongdan node dist/bin/worker.js   a worker, its health on WORKER_PORT
#   docker run … gyeongdan npm run migrate       once per release, before the others
# Settings come from the environment (.env.example lists them); nothing secret is in the image.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY .swcrc prisma.config.ts ./
COPY scripts ./scripts
COPY prisma ./prisma
COPY src ./src
RUN npm run build
# The optional packages are the embedded PostgreSQL of development and accelerators that may be missing.
RUN npm prune --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24-slim
LABEL org.opencontainers.image.title="gyeongdan" \
      org.opencontainers.image.description="GraphQL gateway and workers of 경단"
ENV NODE_ENV=production \
    CHECKPOINT_DISABLE=1 \
    PRISMA_HIDE_UPDATE_MESSAGE=1
WORKDIR /app
COPY package.json prisma.config.ts ./
COPY scripts/migrate.mjs scripts/prisma-schema-engine.mjs scripts/health-check.mjs ./scripts/
COPY prisma/schema.prisma ./prisma/
COPY prisma/migrations ./prisma/migrations
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
EXPOSE 4000 9464
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=4s --start-period=20s --retries=3 CMD ["node", "scripts/health-check.mjs"]
CMD ["node", "dist/bin/server.js"]
