SET lock_timeout = '2s';

ALTER TABLE "GenerationJob" ALTER COLUMN "nudgedAt" SET DEFAULT statement_timestamp(),
ALTER COLUMN "nextAttemptAt" SET DEFAULT statement_timestamp(),
ALTER COLUMN "createdAt" SET DEFAULT statement_timestamp(),
ALTER COLUMN "updatedAt" SET DEFAULT statement_timestamp();
