-- CreateEnum
CREATE TYPE "ModelCallOutcome" AS ENUM ('RESERVED', 'OK', 'INVALID', 'REFUSED', 'FILTERED', 'FAILED', 'ABORTED');

-- CreateTable
CREATE TABLE "ModelCall" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "jobId" UUID,
    "purpose" "GenerationKind" NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "promptVersion" TEXT,
    "outcome" "ModelCallOutcome" NOT NULL DEFAULT 'RESERVED',
    "inputTokens" INTEGER,
    "outputTokens" INTEGER,
    "costUsd" DECIMAL(12,6),
    "reservedUsd" DECIMAL(12,6) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModelCall_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ModelCall_createdAt_idx" ON "ModelCall"("createdAt");
