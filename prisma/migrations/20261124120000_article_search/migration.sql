-- CreateTable
CREATE TABLE "ArticleSearch" (
    "articleId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "terms" tsvector NOT NULL,

    CONSTRAINT "ArticleSearch_pkey" PRIMARY KEY ("articleId")
);

-- CreateIndex
-- Articles are written seldom and searched always: no list of pending entries that every search has to read.
CREATE INDEX "ArticleSearch_terms_idx" ON "ArticleSearch" USING GIN ("terms") WITH (fastupdate = off);

-- AddForeignKey
ALTER TABLE "ArticleSearch" ADD CONSTRAINT "ArticleSearch_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The words of a text as search sees them, each between single spaces: one form of every letter, lower case, nothing
-- but letters and digits, 3.5, 3.5% and S&P kept whole, 1,000 as 1000. src/domain/article/search-words.ts does the
-- same to what is searched for; a test compares the two.
CREATE FUNCTION search_text(given text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT ' ' || btrim(regexp_replace(
    regexp_replace(lower(normalize(given, NFKC)), '([0-9]),(?=[0-9]{3})', '\1', 'g'),
    '(?:[^[:alnum:].%&]|(?<![0-9])[.]|[.](?![0-9])|(?<![0-9])%|(?<![a-z0-9])&|&(?![a-z0-9]))+', ' ', 'g')) || ' '
$$;

-- A word without the particle behind it, as long as two characters are left. No regular expression: that would take
-- most of the time that writing an article takes.
CREATE FUNCTION search_stem(word text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN length(word) >= 6 AND right(word, 4) IN ('이었어요')
      THEN left(word, -4)
    WHEN length(word) >= 5 AND right(word, 3) IN ('이라고', '이에요', '였어요', '에서는', '에서도', '에서의', '에게는', '으로는', '으로도', '으로의', '까지는', '까지의', '부터는', '보다는')
      THEN left(word, -3)
    WHEN length(word) >= 4 AND right(word, 2) IN ('으로', '에서', '에게', '께서', '한테', '까지', '부터', '보다', '처럼', '마다', '조차', '밖에', '하고', '이나', '이라', '라고', '이란', '이며', '이고', '이다', '예요', '에는', '에도', '로는', '로도', '로의', '와는', '와의', '과는', '과의', '만은', '만이')
      THEN left(word, -2)
    WHEN length(word) >= 3 AND right(word, 1) IN ('은', '는', '이', '가', '을', '를', '의', '에', '도', '와', '과', '로', '만', '뿐')
      THEN left(word, -1)
    ELSE word END
$$;

-- Each character with the next one, '$' behind the last.
CREATE FUNCTION search_bigrams(despaced text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT c || lead(c, 1, '$') OVER (ORDER BY n) FROM string_to_table(despaced, NULL) WITH ORDINALITY AS t(c, n)
$$;

-- What the index holds of a text in the form of search_text: all bigrams without regard to spaces, so that every part
-- of every word is found however it is spaced; =word for each word; ~stem for each word that a particle was cut from.
CREATE FUNCTION search_terms(normal text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  WITH word AS (
    SELECT DISTINCT left(w, 100) AS w FROM string_to_table(btrim(normal), ' ') AS t(w) WHERE w <> ''
  )
  SELECT coalesce(array_to_tsvector(array_agg(DISTINCT term)), ''::tsvector) FROM (
    SELECT search_bigrams(replace(normal, ' ', '')) AS term
    UNION ALL SELECT '=' || w FROM word
    UNION ALL SELECT '~' || search_stem(w) FROM word WHERE search_stem(w) <> w
  ) AS terms
$$;

-- What a text's terms must fulfil to hold a part of a word.
CREATE FUNCTION search_query(part text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE WHEN length(part) = 1 THEN format('%L:*', part)
    ELSE (SELECT string_agg(format('%L', bigram), ' & ') FROM search_bigrams(part) AS bigram WHERE bigram NOT LIKE '%$')
    END::tsquery
$$;

-- Where a text in the form of search_text holds a part of a word: anywhere inside of one, or from the beginning of one
-- across spaces. Latin words and numbers are held from their beginning only: 500 is no part of 1500, nor AI of Dubai.
CREATE FUNCTION search_pattern(part text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE
    WHEN part ~ '^[a-z]' THEN '[^a-z]' || spaced
    WHEN part ~ '^[0-9]' THEN '[^0-9.]' || spaced
    ELSE replace(part, '.', '[.]') || '| ' || spaced END
  FROM (SELECT replace(regexp_replace(part,
    '(?<=[^a-z])(?=[a-z])|(?<=[a-z])(?=[^a-z])|(?<=[^a-z0-9.%])(?=[^a-z])|(?<=[0-9.%])(?=[^a-z0-9.%])', ' ?', 'g'),
    '.', '[.]')) AS t(spaced)
$$;

-- Keeps the search material right whoever writes the article.
CREATE FUNCTION article_search_refresh() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  title text := search_text(NEW.title);
  body text := search_text(NEW.title || E'\n' || NEW.content);
BEGIN
  INSERT INTO "ArticleSearch" AS s ("articleId", "title", "body", "terms")
  VALUES (NEW.id, title, body, search_terms(body))
  ON CONFLICT ("articleId") DO UPDATE
  SET "title" = EXCLUDED."title", "body" = EXCLUDED."body", "terms" = EXCLUDED."terms";
  RETURN NULL;
END
$$;

CREATE TRIGGER article_search_insert AFTER INSERT ON "Article"
FOR EACH ROW EXECUTE FUNCTION article_search_refresh();

CREATE TRIGGER article_search_update AFTER UPDATE OF "title", "content" ON "Article"
FOR EACH ROW WHEN (OLD."title" IS DISTINCT FROM NEW."title" OR OLD."content" IS DISTINCT FROM NEW."content")
EXECUTE FUNCTION article_search_refresh();

-- The articles that are there already.
INSERT INTO "ArticleSearch" ("articleId", "title", "body", "terms")
SELECT id, search_text("title"), body, search_terms(body)
FROM "Article" CROSS JOIN LATERAL (SELECT search_text("title" || E'\n' || "content") AS body) AS normal;
