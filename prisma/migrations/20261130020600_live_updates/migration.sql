-- Tells every gateway, at commit, which row is another one; it reads the row again itself. The version is the microsecond
-- of the change: taken while the row is locked, so that a later change of it has a later one.
CREATE FUNCTION "notifyLive"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gyeongdan_live', json_build_object(
    'topic', TG_ARGV[0], 'id', NEW.id, 'version', (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)::text);
  RETURN NULL;
END $$;

CREATE TRIGGER "GenerationJob_live_insert" AFTER INSERT ON "GenerationJob"
FOR EACH ROW EXECUTE FUNCTION "notifyLive"('job');

-- What clients see of a job: a heartbeat changes nothing of it.
CREATE TRIGGER "GenerationJob_live_update" AFTER UPDATE ON "GenerationJob"
FOR EACH ROW WHEN (
  (OLD.status, OLD.progress, OLD.step, OLD.steps, OLD.attempts, OLD."errorCode", OLD."errorDetail", OLD."articleId", OLD.model,
   OLD."inputTokens", OLD."outputTokens", OLD."costUsd", OLD."startedAt", OLD."finishedAt")
  IS DISTINCT FROM
  (NEW.status, NEW.progress, NEW.step, NEW.steps, NEW.attempts, NEW."errorCode", NEW."errorDetail", NEW."articleId", NEW.model,
   NEW."inputTokens", NEW."outputTokens", NEW."costUsd", NEW."startedAt", NEW."finishedAt"))
EXECUTE FUNCTION "notifyLive"('job');

CREATE TRIGGER "Article_live_insert" AFTER INSERT ON "Article"
FOR EACH ROW WHEN (NEW.status = 'PUBLISHED') EXECUTE FUNCTION "notifyLive"('publishedArticle');

CREATE TRIGGER "Article_live_update" AFTER UPDATE OF status ON "Article"
FOR EACH ROW WHEN (NEW.status = 'PUBLISHED' AND OLD.status <> 'PUBLISHED') EXECUTE FUNCTION "notifyLive"('publishedArticle');
