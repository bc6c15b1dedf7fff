-- CreateTable
CREATE TABLE "UnlinkNotice" (
    "kakaoId" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "UnlinkNotice_pkey" PRIMARY KEY ("kakaoId")
);

-- CreateIndex
CREATE INDEX "UnlinkNotice_nextAttemptAt_idx" ON "UnlinkNotice"("nextAttemptAt");
