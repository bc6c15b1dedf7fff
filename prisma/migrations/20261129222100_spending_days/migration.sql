SET lock_timeout = '2s';

-- AlterTable
ALTER TABLE "ModelCall" ADD COLUMN "priceAssumed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "day" DATE NOT NULL DEFAULT ((now() AT TIME ZONE 'Asia/Seoul'::text))::date;

-- Rows that were there got today's.
UPDATE "ModelCall" SET "day" = ("createdAt" AT TIME ZONE 'Asia/Seoul')::date;

-- CreateIndex
CREATE INDEX "ModelCall_day_idx" ON "ModelCall"("day");

-- CreateTable
CREATE TABLE "SpendingDay" (
    "day" DATE NOT NULL,
    "spentUsd" DECIMAL(14,6) NOT NULL DEFAULT 0,
    "reservedUsd" DECIMAL(14,6) NOT NULL DEFAULT 0,
    "refusedUnderUsd" DECIMAL(14,6),

    CONSTRAINT "SpendingDay_pkey" PRIMARY KEY ("day")
);

-- What was spent today counts for today's budget.
INSERT INTO "SpendingDay" ("day", "spentUsd")
SELECT "day", sum(COALESCE("costUsd", "reservedUsd")) FROM "ModelCall"
WHERE "day" = (now() AT TIME ZONE 'Asia/Seoul')::date
GROUP BY "day";
