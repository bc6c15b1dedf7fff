-- CreateEnum
CREATE TYPE "DeliveryStatus" AS ENUM ('WAITING', 'SENDING', 'SENT', 'FAILED', 'DOUBTFUL');

-- AlterTable
ALTER TABLE "GenerationJob" ADD COLUMN     "insightId" UUID;

-- CreateTable
CREATE TABLE "DatasetTable" (
    "datasetId" TEXT NOT NULL,
    "table" JSONB NOT NULL,
    "fetchedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "DatasetTable_pkey" PRIMARY KEY ("datasetId")
);

-- CreateTable
CREATE TABLE "Insight" (
    "id" UUID NOT NULL,
    "datasetId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "chart" JSONB NOT NULL,
    "fidelity" JSONB,
    "status" "ArticleStatus" NOT NULL DEFAULT 'IN_REVIEW',
    "model" TEXT NOT NULL,
    "promptVersion" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "releasedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Insight_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InsightPicture" (
    "insightId" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "svg" TEXT NOT NULL,
    "png" BYTEA NOT NULL,

    CONSTRAINT "InsightPicture_pkey" PRIMARY KEY ("insightId")
);

-- CreateTable
CREATE TABLE "NewsletterSubscription" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "emailKey" TEXT NOT NULL,
    "userId" UUID,
    "name" TEXT NOT NULL,
    "categories" "ArticleCategory"[],
    "pending" JSONB,
    "confirmationHash" TEXT,
    "confirmationSentAt" TIMESTAMPTZ(3),
    "confirmedAt" TIMESTAMPTZ(3),
    "consentedAt" TIMESTAMPTZ(3),
    "unsubscribedAt" TIMESTAMPTZ(3),
    "hardBounces" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "NewsletterSubscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NewsletterIssue" (
    "id" UUID NOT NULL,
    "category" "ArticleCategory" NOT NULL,
    "subject" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "articleIds" UUID[],
    "week" DATE NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "sentAt" TIMESTAMPTZ(3),
    "recipients" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "NewsletterIssue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NewsletterDelivery" (
    "issueId" UUID NOT NULL,
    "subscriptionId" UUID NOT NULL,
    "status" "DeliveryStatus" NOT NULL DEFAULT 'WAITING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "runId" UUID,
    "replyCode" INTEGER,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "NewsletterDelivery_pkey" PRIMARY KEY ("issueId","subscriptionId")
);

-- CreateIndex
CREATE INDEX "Insight_status_releasedAt_id_idx" ON "Insight"("status", "releasedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Insight_createdAt_id_idx" ON "Insight"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "NewsletterSubscription_emailKey_key" ON "NewsletterSubscription"("emailKey");

-- CreateIndex
CREATE UNIQUE INDEX "NewsletterSubscription_confirmationHash_key" ON "NewsletterSubscription"("confirmationHash");

-- CreateIndex
CREATE INDEX "NewsletterSubscription_createdAt_id_idx" ON "NewsletterSubscription"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "NewsletterSubscription_categories_idx" ON "NewsletterSubscription" USING GIN ("categories");

-- CreateIndex
CREATE INDEX "NewsletterSubscription_userId_idx" ON "NewsletterSubscription"("userId");

-- CreateIndex
CREATE INDEX "NewsletterIssue_createdAt_id_idx" ON "NewsletterIssue"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "NewsletterIssue_category_week_key" ON "NewsletterIssue"("category", "week");

-- CreateIndex
CREATE INDEX "NewsletterDelivery_subscriptionId_idx" ON "NewsletterDelivery"("subscriptionId");

-- CreateIndex
CREATE INDEX "NewsletterDelivery_issueId_status_nextAttemptAt_idx" ON "NewsletterDelivery"("issueId", "status", "nextAttemptAt");

-- CreateIndex
CREATE INDEX "GenerationJob_insightId_idx" ON "GenerationJob"("insightId");

-- AddForeignKey
ALTER TABLE "GenerationJob" ADD CONSTRAINT "GenerationJob_insightId_fkey" FOREIGN KEY ("insightId") REFERENCES "Insight"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InsightPicture" ADD CONSTRAINT "InsightPicture_insightId_fkey" FOREIGN KEY ("insightId") REFERENCES "Insight"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NewsletterSubscription" ADD CONSTRAINT "NewsletterSubscription_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NewsletterDelivery" ADD CONSTRAINT "NewsletterDelivery_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "NewsletterIssue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NewsletterDelivery" ADD CONSTRAINT "NewsletterDelivery_subscriptionId_fkey" FOREIGN KEY ("subscriptionId") REFERENCES "NewsletterSubscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;


