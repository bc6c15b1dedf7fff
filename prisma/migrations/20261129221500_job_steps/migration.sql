SET lock_timeout = '2s';

-- What the present or last try of a job did, oldest first: [{ step, at, note }].
ALTER TABLE "GenerationJob" ADD COLUMN "steps" JSONB NOT NULL DEFAULT '[]';
