-- At most so many articles whose terms fulfil a query, in no particular order. Its own settings leave the planner nothing but
-- the index of the terms: it would read the table in the hope of early hits.
CREATE FUNCTION search_candidates(sought tsquery, most int) RETURNS SETOF uuid
LANGUAGE sql STABLE STRICT ROWS 100 SET search_path FROM CURRENT SET enable_seqscan TO off SET enable_indexscan TO off AS $$
  SELECT "articleId" FROM "ArticleSearch" WHERE terms @@ sought LIMIT most
$$;

-- As before, with the comment behind the text. What stands for an article among others is still of title and text alone.
CREATE OR REPLACE FUNCTION article_search_refresh() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  title text := search_text(NEW.title);
  told text := search_text(NEW.title || E'\n' || NEW.content);
  body text := search_with_comment(told, NEW.comment);
BEGIN
  INSERT INTO "ArticleSearch" AS s ("articleId", "title", "body", "terms")
  VALUES (NEW.id, title, body, search_terms(body))
  ON CONFLICT ("articleId") DO UPDATE
  SET "title" = EXCLUDED."title", "body" = EXCLUDED."body", "terms" = EXCLUDED."terms";
  DELETE FROM "ArticleKeyword" WHERE "articleId" = NEW.id;
  INSERT INTO "ArticleKeyword" ("articleId", "keyword", "weight")
  SELECT NEW.id, k.keyword, k.weight FROM article_keywords(title, told) AS k;
  RETURN NULL;
END
$$;

-- Both in the form of search_text; once is enough.
CREATE FUNCTION search_with_comment(told text, comment text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN comment IS NULL OR btrim(words) = '' OR right(told, length(words)) = words THEN told
    ELSE rtrim(told) || words END
  FROM (SELECT search_text(comment) AS words) AS t
$$;

CREATE OR REPLACE TRIGGER article_search_update AFTER UPDATE OF "title", "content", "comment" ON "Article"
FOR EACH ROW WHEN (OLD."title" IS DISTINCT FROM NEW."title" OR OLD."content" IS DISTINCT FROM NEW."content"
  OR OLD."comment" IS DISTINCT FROM NEW."comment")
EXECUTE FUNCTION article_search_refresh();
