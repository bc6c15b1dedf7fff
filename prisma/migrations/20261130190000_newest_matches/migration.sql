SET lock_timeout = '2s';

-- What the index of a search holds of an article beside its words, each behind an @, which no word has: its status, category and
-- publisher, and the piece of time that it is of, in eight sizes from six hours to eleven years. With these the index itself finds
-- the newest articles that have a word, and those of a filter, however many others have it.
CREATE FUNCTION search_facets(status text, category text, publisher uuid, at timestamptz) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY['@' || status, '@' || category, '@' || publisher] || ARRAY(
    SELECT '@' || size || '.' || floor(extract(epoch FROM at) / (21600 * 4 ^ size))::bigint FROM generate_series(0, 7) AS size))
$$;

-- The articles of at most nine pieces of time that together cover a time, and somewhat more.
CREATE FUNCTION search_window(since timestamptz, until timestamptz) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  size int := 0;
  seconds float := 21600;
  pieces text;
BEGIN
  WHILE size < 7 AND extract(epoch FROM until - since) > 8 * seconds LOOP
    size := size + 1;
    seconds := seconds * 4;
  END LOOP;
  FOR piece IN floor(extract(epoch FROM since) / seconds)::bigint .. floor(extract(epoch FROM until) / seconds)::bigint LOOP
    pieces := concat_ws(' | ', pieces, '''@' || size || '.' || piece || '''');
  END LOOP;
  RETURN pieces::tsquery;
END
$$;

-- Since when the newest thousand published articles are; null when there are fewer.
CREATE FUNCTION search_recent() RETURNS timestamptz
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT "releasedAt" FROM "Article" WHERE status = 'PUBLISHED' ORDER BY "releasedAt" DESC OFFSET 1000 LIMIT 1
$$;

-- How many of the newest 250 published articles have terms that fulfil a query; 0 when there are fewer than a thousand.
CREATE FUNCTION search_rate(sought tsquery, recent timestamptz) RETURNS bigint
LANGUAGE sql STABLE SET search_path FROM CURRENT SET enable_seqscan TO off SET enable_indexscan TO off AS $$
  SELECT count(*) FROM "ArticleSearch" WHERE terms @@ search_window(now() - (now() - recent) / 4, now()) AND terms @@ sought
$$;

-- Articles whose terms fulfil a query, released (created, when they are not) between two times; null is no bound. All when these
-- are fewer than `enough`; else the newest, that many and some more, never more than four times as many: `more` says so. `recent`
-- is search_recent(). It looks in the newest first, and goes back as far as what it finds there tells it to, over at most `reach`
-- articles. Its own settings leave the planner nothing but the index of the terms: it would read the table in the hope of early hits.
CREATE FUNCTION search_newest(
  sought tsquery, since timestamptz, until timestamptz, recent timestamptz, enough int, reach float DEFAULT NULL
) RETURNS TABLE (id uuid, more boolean)
LANGUAGE plpgsql STABLE ROWS 500 SET search_path FROM CURRENT
SET enable_seqscan TO off SET enable_indexscan TO off SET plan_cache_mode TO force_generic_plan AS $$
DECLARE
  -- Letters that begin a term: the index reads them all, whatever else it is asked for.
  is_letter boolean := strpos(sought::text, ':*') > 0;
  newest timestamptz := least(until, now());
  thousand interval := newest - recent;
  span interval;
  furthest interval := interval '20 years';
  articles float;
  found uuid[];
BEGIN
  IF sought IS NULL THEN RETURN; END IF;
  -- Before an old day articles were as many as they are today.
  IF thousand <= interval '0' THEN thousand := now() - recent; END IF;
  thousand := greatest(thousand, interval '1 hour');
  IF recent IS NULL THEN furthest := interval '0'; END IF;
  furthest := least(furthest, thousand * (reach / 1000));
  span := thousand * least(1, greatest(0.1, enough / 500.0));
  WHILE span < furthest AND newest - span > coalesce(since, '-infinity') LOOP
    IF is_letter THEN
      span := greatest(span, thousand * 2);
      found := ARRAY(
        SELECT "articleId" FROM (
          SELECT "articleId", terms FROM "ArticleSearch" WHERE terms @@ search_window(newest - span, newest) LIMIT 3000 OFFSET 0) AS recent_ones
        WHERE terms @@ sought);
      SELECT reltuples INTO articles FROM pg_class WHERE oid = '"ArticleSearch"'::regclass;
      EXIT WHEN cardinality(found) * articles < 2000 * 20000;
      RETURN QUERY SELECT f, true FROM unnest(found) AS f;
      RETURN;
    END IF;
    -- The window first: from there on the index looks for the rest.
    found := ARRAY(
      SELECT "articleId" FROM "ArticleSearch"
      WHERE terms @@ search_window(newest - span, newest) AND terms @@ sought LIMIT 4 * enough);
    -- The pieces that end behind `until` have some that are newer.
    IF cardinality(found) >= (CASE WHEN until IS NULL THEN enough ELSE 2 * enough END) THEN
      RETURN QUERY SELECT f, true FROM unnest(found) AS f;
      RETURN;
    END IF;
    -- What none of a thousand has is rare.
    EXIT WHEN cardinality(found) = 0 AND span >= thousand AND reach IS NULL;
    span := CASE
      WHEN cardinality(found) > 0 THEN span * greatest(2, CASE WHEN until IS NULL THEN 1.5 ELSE 3 END * enough / cardinality(found))
      WHEN span < thousand THEN thousand
      ELSE furthest END;
  END LOOP;
  IF furthest BETWEEN interval '1 second' AND interval '19 years' AND newest - furthest > coalesce(since, '-infinity') THEN
    found := ARRAY(
      SELECT "articleId" FROM "ArticleSearch"
      WHERE terms @@ search_window(newest - furthest, newest) AND terms @@ sought LIMIT 4 * enough);
  ELSIF since IS NULL AND until IS NULL THEN
    found := ARRAY(SELECT "articleId" FROM "ArticleSearch" WHERE terms @@ sought LIMIT 4 * enough);
  ELSE
    found := ARRAY(
      SELECT "articleId" FROM "ArticleSearch"
      WHERE terms @@ search_window(coalesce(since, '2000-01-01'), coalesce(until, now())) AND terms @@ sought LIMIT 4 * enough);
  END IF;
  RETURN QUERY SELECT f, cardinality(found) = 4 * enough FROM unnest(found) AS f;
END
$$;

-- As before, with the facets.
CREATE OR REPLACE FUNCTION article_search_refresh() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  title text := search_text(NEW.title);
  told text := search_text(NEW.title || E'\n' || NEW.content);
  body text := search_with_comment(told, NEW.comment);
BEGIN
  INSERT INTO "ArticleSearch" AS s ("articleId", "title", "body", "terms")
  VALUES (NEW.id, title, body, search_terms(body) || article_facets(NEW))
  ON CONFLICT ("articleId") DO UPDATE
  SET "title" = EXCLUDED."title", "body" = EXCLUDED."body", "terms" = EXCLUDED."terms";
  DELETE FROM "ArticleKeyword" WHERE "articleId" = NEW.id;
  INSERT INTO "ArticleKeyword" ("articleId", "keyword", "weight")
  SELECT NEW.id, k.keyword, k.weight FROM article_keywords(title, told) AS k;
  RETURN NULL;
END
$$;

CREATE FUNCTION article_facets(article "Article") RETURNS tsvector
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT search_facets(article.status::text, article.category::text, article."publisherId", coalesce(article."releasedAt", article."createdAt"))
$$;

CREATE FUNCTION article_facets_refresh() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE "ArticleSearch" SET "terms" = ts_delete("terms", tsvector_to_array(article_facets(OLD))) || article_facets(NEW)
  WHERE "articleId" = NEW.id;
  RETURN NULL;
END
$$;

CREATE TRIGGER article_search_facets AFTER UPDATE OF "status", "category", "publisherId", "releasedAt" ON "Article"
FOR EACH ROW WHEN (
  (OLD."status", OLD."category", OLD."publisherId", OLD."releasedAt") IS DISTINCT FROM
  (NEW."status", NEW."category", NEW."publisherId", NEW."releasedAt"))
EXECUTE FUNCTION article_facets_refresh();
