-- AlterTable
ALTER TABLE "GenerationJob" ADD COLUMN "traceParent" TEXT;

-- CreateTable
CREATE TABLE "Faq" (
    "id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "questionKey" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Faq_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PendingUnlink" (
    "kakaoId" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PendingUnlink_pkey" PRIMARY KEY ("kakaoId")
);

-- CreateTable
CREATE TABLE "ScheduledTask" (
    "name" TEXT NOT NULL,
    "nextRunAt" TIMESTAMPTZ(3) NOT NULL,
    "lastRunAt" TIMESTAMPTZ(3),
    "leaseUntil" TIMESTAMPTZ(3),

    CONSTRAINT "ScheduledTask_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "Faq_questionKey_key" ON "Faq"("questionKey");

-- CreateIndex
CREATE INDEX "Faq_createdAt_id_idx" ON "Faq"("createdAt", "id");

-- CreateIndex
CREATE INDEX "PendingUnlink_nextAttemptAt_idx" ON "PendingUnlink"("nextAttemptAt");

-- CreateIndex
CREATE INDEX "ArticleRevision_authorId_idx" ON "ArticleRevision"("authorId");

-- CreateIndex
CREATE INDEX "GenerationJob_requestedById_idx" ON "GenerationJob"("requestedById");

-- CreateIndex
CREATE INDEX "GenerationJob_finishedAt_idx" ON "GenerationJob"("finishedAt");

-- CreateIndex
CREATE INDEX "AuditEntry_actorId_idx" ON "AuditEntry"("actorId");
