-- Whether any article has what a pattern finds, among the first few whose terms fulfil a query: these may have its parts alone.
-- Settings as those of search_candidates.
CREATE FUNCTION search_holds(sought tsquery, pattern text) RETURNS boolean
LANGUAGE sql STABLE STRICT SET search_path FROM CURRENT SET enable_seqscan TO off SET enable_indexscan TO off AS $$
  SELECT EXISTS (
    SELECT FROM (SELECT body FROM "ArticleSearch" WHERE terms @@ sought LIMIT 200) AS likely WHERE body ~ pattern
  )
$$;
