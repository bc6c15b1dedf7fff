SET lock_timeout = '2s';

-- CreateTable
CREATE TABLE "FeedState" (
    "publisherId" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "etag" TEXT,
    "lastModified" TEXT,
    "readAt" TIMESTAMPTZ(3),
    "failingSince" TIMESTAMPTZ(3),
    "errorCode" TEXT,

    CONSTRAINT "FeedState_pkey" PRIMARY KEY ("publisherId")
);

-- CreateTable
CREATE TABLE "FeedReport" (
    "jobId" UUID NOT NULL,
    "publisherId" UUID NOT NULL,
    "found" INTEGER NOT NULL DEFAULT 0,
    "new" INTEGER NOT NULL DEFAULT 0,
    "known" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "errorCode" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "FeedReport_pkey" PRIMARY KEY ("jobId","publisherId")
);

-- CreateTable
CREATE TABLE "CrawledHost" (
    "host" TEXT NOT NULL,
    "holder" UUID,
    "freeAt" TIMESTAMPTZ(3) NOT NULL,
    "queuedUntil" TIMESTAMPTZ(3) NOT NULL,
    "paceMs" INTEGER NOT NULL,

    CONSTRAINT "CrawledHost_pkey" PRIMARY KEY ("host")
);

-- CreateIndex
CREATE INDEX "FeedReport_publisherId_idx" ON "FeedReport"("publisherId");

-- CreateIndex
CREATE INDEX "CrawledHost_freeAt_idx" ON "CrawledHost"("freeAt");

-- AddForeignKey
ALTER TABLE "FeedState" ADD CONSTRAINT "FeedState_publisherId_fkey" FOREIGN KEY ("publisherId") REFERENCES "Publisher"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FeedReport" ADD CONSTRAINT "FeedReport_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "GenerationJob"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FeedReport" ADD CONSTRAINT "FeedReport_publisherId_fkey" FOREIGN KEY ("publisherId") REFERENCES "Publisher"("id") ON DELETE CASCADE ON UPDATE CASCADE;
