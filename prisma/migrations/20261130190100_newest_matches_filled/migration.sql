-- The facets of the articles that are there already, in a migration of its own and a hundred at a time: nobody waits for more than
-- those to be released. It may be stopped at any moment and run again.
DO $$
DECLARE
  done uuid := '00000000-0000-0000-0000-000000000000';
  batch uuid[];
BEGIN
  LOOP
    batch := ARRAY(SELECT id FROM "Article" WHERE id > done ORDER BY id LIMIT 100);
    EXIT WHEN cardinality(batch) = 0;
    -- Who edits one of them now waits, and his trigger has the last word.
    PERFORM FROM "Article" WHERE id = ANY(batch) ORDER BY id FOR SHARE;
    UPDATE "ArticleSearch" s SET "terms" = s."terms" || article_facets(a)
    FROM "Article" a WHERE a.id = ANY(batch) AND s."articleId" = a.id AND s."terms" <> s."terms" || article_facets(a);
    COMMIT;
    done := batch[cardinality(batch)];
  END LOOP;
END
$$;
