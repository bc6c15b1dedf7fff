-- What is written for the middle dot is the middle dot: U+318D (which NFKC makes the letter U+119E), U+2027, U+2022,
-- U+2219, U+22C5, U+30FB and its half-width form. src/domain/korean/words.ts does the same.
CREATE OR REPLACE FUNCTION search_text(given text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT ' ' || btrim(regexp_replace(
    regexp_replace(lower(translate(normalize(given, NFKC), E'\u119E\u2027\u2022\u2219\u22C5\u30FB', '······')),
      '([0-9]),(?=[0-9]{3})', '\1', 'g'),
    '(?:[^[:alnum:].%&]|(?<![0-9])[.]|[.](?![0-9])|(?<![0-9])%|(?<![a-z0-9])&|&(?![a-z0-9]))+', ' ', 'g')) || ' '
$$;

-- The articles that are there already, those that the change touches.
CREATE TEMPORARY TABLE dotted AS
SELECT a.id, search_text(a."title") AS title, search_text(a."title" || E'\n' || a."content") AS body
FROM "Article" a JOIN "ArticleSearch" s ON s."articleId" = a.id
WHERE a."title" || a."content" ~ E'[\u318D\u119E\u2027\u2022\u2219\u22C5\u30FB\uFF65]';

UPDATE "ArticleSearch" s SET "title" = d.title, "body" = d.body, "terms" = search_terms(d.body)
FROM dotted d WHERE s."articleId" = d.id AND (s."title", s."body") IS DISTINCT FROM (d.title, d.body);

DELETE FROM "ArticleKeyword" k USING dotted d WHERE k."articleId" = d.id;
INSERT INTO "ArticleKeyword" ("articleId", "keyword", "weight")
SELECT d.id, k.keyword, k.weight FROM dotted d CROSS JOIN LATERAL article_keywords(d.title, d.body) AS k;
DROP TABLE dotted;

-- The keys of terms and questions; one that another has already stays, and is found by that other.
UPDATE "EconomicTerm" t SET "termKey" = wanted.key
FROM (SELECT DISTINCT ON (key) id, key
      FROM (SELECT id, replace("termKey", E'\u119E', '') AS key FROM "EconomicTerm" WHERE strpos("termKey", E'\u119E') > 0) AS dotted_key
      ORDER BY key, id) AS wanted
WHERE t.id = wanted.id AND wanted.key <> ''
  AND NOT EXISTS (SELECT FROM "EconomicTerm" other WHERE other."termKey" = wanted.key);

UPDATE "Faq" f SET "questionKey" = wanted.key
FROM (SELECT DISTINCT ON (key) id, key
      FROM (SELECT id, replace("questionKey", E'\u119E', '') AS key FROM "Faq" WHERE strpos("questionKey", E'\u119E') > 0) AS dotted_key
      ORDER BY key, id) AS wanted
WHERE f.id = wanted.id AND wanted.key <> ''
  AND NOT EXISTS (SELECT FROM "Faq" other WHERE other."questionKey" = wanted.key);
