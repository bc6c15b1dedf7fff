SET lock_timeout = '2s';

-- Workers of the release before run their jobs on, but no more tasks by the clock: those of the new release do.
ALTER TABLE "ScheduledTask" DROP COLUMN "leaseUntil",
ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0;
