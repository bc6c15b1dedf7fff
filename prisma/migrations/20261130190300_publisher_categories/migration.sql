-- Alone in its migration: articles go on being written meanwhile. Without it a list of both reads all that the publisher has.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "Article_status_publisherId_category_releasedAt_id_idx" ON "Article"("status", "publisherId", "category", "releasedAt" DESC, "id" DESC);
