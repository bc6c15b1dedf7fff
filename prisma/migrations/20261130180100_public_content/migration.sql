-- Tells every gateway, at commit, that answers which anybody may read are others now. The same for all changes of one
-- transaction, so that PostgreSQL tells it once.
CREATE FUNCTION "notifyPublicContent"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gyeongdan_live', json_build_object(
    'topic', 'publicContent', 'id', '', 'version', (extract(epoch FROM now()) * 1000000)::bigint)::text);
  RETURN NULL;
END $$;

CREATE TRIGGER "Article_public_insert" AFTER INSERT ON "Article"
FOR EACH ROW WHEN (NEW.status = 'PUBLISHED') EXECUTE FUNCTION "notifyPublicContent"();

CREATE TRIGGER "Article_public_delete" AFTER DELETE ON "Article"
FOR EACH ROW WHEN (OLD.status = 'PUBLISHED') EXECUTE FUNCTION "notifyPublicContent"();

-- Views change nothing but "viewCount", all the time. "hiddenPage" takes a document from below other articles.
CREATE TRIGGER "Article_public_update" AFTER UPDATE OF title, content, comment, category, phrases, "publisherId", "sourceUrl",
  "imageUrl", "publishedAt", "releasedAt", status, "hiddenPage", "createdAt", "updatedAt" ON "Article"
FOR EACH ROW WHEN (OLD.status = 'PUBLISHED' OR NEW.status = 'PUBLISHED' OR OLD."hiddenPage" IS DISTINCT FROM NEW."hiddenPage")
EXECUTE FUNCTION "notifyPublicContent"();

CREATE TRIGGER "Insight_public_insert" AFTER INSERT ON "Insight"
FOR EACH ROW WHEN (NEW.status = 'PUBLISHED') EXECUTE FUNCTION "notifyPublicContent"();

CREATE TRIGGER "Insight_public_delete" AFTER DELETE ON "Insight"
FOR EACH ROW WHEN (OLD.status = 'PUBLISHED') EXECUTE FUNCTION "notifyPublicContent"();

CREATE TRIGGER "Insight_public_update" AFTER UPDATE ON "Insight"
FOR EACH ROW WHEN (OLD.status = 'PUBLISHED' OR NEW.status = 'PUBLISHED') EXECUTE FUNCTION "notifyPublicContent"();

CREATE TRIGGER "InsightPicture_public" AFTER INSERT OR UPDATE OR DELETE ON "InsightPicture"
FOR EACH STATEMENT EXECUTE FUNCTION "notifyPublicContent"();

CREATE TRIGGER "DatasetTable_public" AFTER INSERT OR UPDATE OR DELETE ON "DatasetTable"
FOR EACH STATEMENT EXECUTE FUNCTION "notifyPublicContent"();

CREATE TRIGGER "RelatedDocument_public" AFTER INSERT OR UPDATE OR DELETE ON "RelatedDocument"
FOR EACH STATEMENT EXECUTE FUNCTION "notifyPublicContent"();

CREATE TRIGGER "Publisher_public" AFTER INSERT OR DELETE ON "Publisher"
FOR EACH ROW EXECUTE FUNCTION "notifyPublicContent"();

-- Each article that is collected finds its publisher by an upsert that changes nothing.
CREATE TRIGGER "Publisher_public_update" AFTER UPDATE ON "Publisher"
FOR EACH ROW WHEN ((OLD.name, OLD."feedUrl", OLD.enabled) IS DISTINCT FROM (NEW.name, NEW."feedUrl", NEW.enabled))
EXECUTE FUNCTION "notifyPublicContent"();

CREATE TRIGGER "EconomicTerm_public" AFTER INSERT OR UPDATE OR DELETE ON "EconomicTerm"
FOR EACH STATEMENT EXECUTE FUNCTION "notifyPublicContent"();

CREATE TRIGGER "Faq_public" AFTER INSERT OR UPDATE OR DELETE ON "Faq"
FOR EACH STATEMENT EXECUTE FUNCTION "notifyPublicContent"();
