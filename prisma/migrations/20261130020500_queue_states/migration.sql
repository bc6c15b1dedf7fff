SET lock_timeout = '2s';

-- What admins have decided about a queue; one without a row runs.
CREATE TABLE "QueueState" (
    "name" TEXT NOT NULL,
    "paused" BOOLEAN NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "QueueState_pkey" PRIMARY KEY ("name")
);
