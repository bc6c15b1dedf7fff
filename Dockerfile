# One image for both processes and for migrations:
#   docker run … gyeongdan                       the gateway, on PORT
#   docker run … gyeongdan node dist/bin/worker.js   a worker, its health on WORKER_PORT
#   docker run … gyeongdan npm run migrate       once per release, before the others
# Settings come from the environment (.env.example lists them); nothing secret is in the image.

ARG BASE=node:24-slim
FROM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY .swcrc prisma.config.ts ./
COPY scripts ./scripts
COPY prisma ./prisma
COPY src ./src
COPY examples/web/persisted-documents.json ./examples/web/
# Public: who signs the certificates of RDS.
COPY deploy/rds-ca.pem ./deploy/
RUN npm run build && node scripts/collect-runtime.mjs /runtime

FROM ${BASE}
LABEL org.opencontainers.image.title="gyeongdan" \
      org.opencontainers.image.description="GraphQL gateway and workers of 경단"
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /runtime ./
USER node
EXPOSE 4000 9464
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=4s --start-period=20s --retries=3 CMD ["node", "scripts/health-check.mjs"]
CMD ["node", "--max-old-space-size=256", "dist/bin/server.js"]
