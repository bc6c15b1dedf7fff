-- CreateTable
CREATE TABLE "Answer" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "articleId" UUID,
    "jobId" UUID,
    "status" "GenerationStatus" NOT NULL DEFAULT 'QUEUED',
    "text" TEXT NOT NULL DEFAULT '',
    "sources" JSONB NOT NULL DEFAULT '[]',
    "isUnknown" BOOLEAN NOT NULL DEFAULT false,
    "model" TEXT,
    "promptVersion" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "Answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AskedQuestions" (
    "day" DATE NOT NULL,
    "asker" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "AskedQuestions_pkey" PRIMARY KEY ("day", "asker")
);

-- CreateIndex
CREATE UNIQUE INDEX "Answer_jobId_key" ON "Answer"("jobId");

-- CreateIndex
CREATE INDEX "Answer_userId_createdAt_id_idx" ON "Answer"("userId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Answer_createdAt_idx" ON "Answer"("createdAt");

-- CreateIndex
CREATE INDEX "Answer_articleId_idx" ON "Answer"("articleId");

-- CreateIndex
CREATE INDEX "Answer_sources_idx" ON "Answer" USING GIN ("sources" jsonb_path_ops);

-- AddForeignKey
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- An answer is where its job is, whoever moves that: worker, sweep, admin. What was written so far is nobody's when it does not
-- go on. Whoever writes both locks the job first, as this does.
CREATE FUNCTION "answerFollowsJob"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Answer"
  SET status = NEW.status, text = CASE WHEN NEW.status IN ('RUNNING', 'SUCCEEDED') THEN text ELSE '' END
  WHERE "jobId" = NEW.id AND status <> NEW.status;
  RETURN NULL;
END $$;

CREATE TRIGGER "GenerationJob_answer" AFTER UPDATE OF status ON "GenerationJob"
FOR EACH ROW WHEN (NEW.kind = 'ANSWER' AND OLD.status <> NEW.status) EXECUTE FUNCTION "answerFollowsJob"();

CREATE TRIGGER "Answer_live_update" AFTER UPDATE ON "Answer"
FOR EACH ROW WHEN ((OLD.status, OLD.text, OLD.sources) IS DISTINCT FROM (NEW.status, NEW.text, NEW.sources))
EXECUTE FUNCTION "notifyLive"('answer');
