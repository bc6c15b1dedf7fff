-- CreateEnum
CREATE TYPE "FeedbackKind" AS ENUM ('HIDE', 'MORE');

-- CreateTable
CREATE TABLE "ReaderFeedback" (
    "userId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "kind" "FeedbackKind" NOT NULL,
    "saidAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReaderFeedback_pkey" PRIMARY KEY ("userId","articleId")
);

-- CreateIndex
CREATE INDEX "ReaderFeedback_userId_saidAt_idx" ON "ReaderFeedback"("userId", "saidAt" DESC);

-- CreateIndex
CREATE INDEX "ReaderFeedback_articleId_idx" ON "ReaderFeedback"("articleId");

-- CreateIndex
CREATE INDEX "ReaderFeedback_saidAt_idx" ON "ReaderFeedback"("saidAt");

-- AddForeignKey
ALTER TABLE "ReaderFeedback" ADD CONSTRAINT "ReaderFeedback_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReaderFeedback" ADD CONSTRAINT "ReaderFeedback_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;
