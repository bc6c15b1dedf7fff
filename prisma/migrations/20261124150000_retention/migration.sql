-- DropIndex
DROP INDEX "GenerationJob_finishedAt_idx";

-- DropIndex
DROP INDEX "Impression_userId_idx";

-- CreateIndex
CREATE INDEX "Impression_userId_shownAt_idx" ON "Impression"("userId", "shownAt");

-- CreateIndex
CREATE INDEX "Session_revokedAt_idx" ON "Session"("revokedAt");

-- Jobs that may be forgotten: those that stay for ever would fill an index of all ended ones. The schema cannot say it.
CREATE INDEX "GenerationJob_forgettable_idx" ON "GenerationJob"("finishedAt") WHERE "subject" IS NULL OR "articleId" IS NULL;
