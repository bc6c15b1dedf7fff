-- CreateTable
CREATE TABLE "ArticleKeyword" (
    "articleId" UUID NOT NULL,
    "keyword" TEXT NOT NULL,
    "weight" INTEGER NOT NULL,

    CONSTRAINT "ArticleKeyword_pkey" PRIMARY KEY ("articleId","keyword")
);

-- CreateIndex
CREATE INDEX "ArticleKeyword_keyword_articleId_weight_idx" ON "ArticleKeyword"("keyword", "articleId", "weight");

-- AddForeignKey
ALTER TABLE "ArticleKeyword" ADD CONSTRAINT "ArticleKeyword_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The 24 words that stand for an article: those of its title (which the body begins with), then the frequent and the
-- long ones. How rare each of them is among all articles is looked at when articles are compared.
CREATE FUNCTION article_keywords(title text, body text) RETURNS TABLE (keyword text, weight int)
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT keyword, sum(points)::int AS weight
  FROM (SELECT search_stem(left(w, 100)) AS keyword, 1 AS points FROM string_to_table(btrim(body), ' ') AS t(w)
        UNION ALL SELECT search_stem(left(w, 100)), 3 FROM string_to_table(btrim(title), ' ') AS t(w)) AS words
  WHERE length(keyword) > 1 AND keyword !~ '^[0-9]'
  GROUP BY keyword ORDER BY weight DESC, length(keyword) DESC, keyword LIMIT 24
$$;

CREATE OR REPLACE FUNCTION article_search_refresh() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  title text := search_text(NEW.title);
  body text := search_text(NEW.title || E'\n' || NEW.content);
BEGIN
  INSERT INTO "ArticleSearch" AS s ("articleId", "title", "body", "terms")
  VALUES (NEW.id, title, body, search_terms(body))
  ON CONFLICT ("articleId") DO UPDATE
  SET "title" = EXCLUDED."title", "body" = EXCLUDED."body", "terms" = EXCLUDED."terms";
  DELETE FROM "ArticleKeyword" WHERE "articleId" = NEW.id;
  INSERT INTO "ArticleKeyword" ("articleId", "keyword", "weight")
  SELECT NEW.id, k.keyword, k.weight FROM article_keywords(title, body) AS k;
  RETURN NULL;
END
$$;

-- The articles that are there already.
INSERT INTO "ArticleKeyword" ("articleId", "keyword", "weight")
SELECT s."articleId", k.keyword, k.weight FROM "ArticleSearch" s CROSS JOIN LATERAL article_keywords(s."title", s."body") AS k;
