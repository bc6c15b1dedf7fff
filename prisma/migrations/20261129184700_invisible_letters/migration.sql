-- Names are compared as they are written in NFC: what was stored decomposed is composed, unless another has that name.
UPDATE "User" SET "name" = normalize("name", NFC) WHERE "name" IS NOT NFC NORMALIZED;
UPDATE "Publisher" p SET "name" = normalize(p."name", NFC)
WHERE p.id IN (SELECT DISTINCT ON (normalize("name", NFC)) id FROM "Publisher" WHERE "name" IS NOT NFC NORMALIZED ORDER BY normalize("name", NFC), id)
  AND NOT EXISTS (SELECT FROM "Publisher" other WHERE other."name" = normalize(p."name", NFC));

-- What Unicode calls default-ignorable, and two blanks more: nobody sees it. src/visible-text.ts has the same.
CREATE FUNCTION without_invisible(given text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT regexp_replace(given,
    '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFF8\U0001BCA0-\U0001BCA3\U0001D159\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]+',
    '', 'g')
$$;

-- As before, without those, and with two letters more that look like the middle dot. src/domain/korean/words.ts does the same.
CREATE OR REPLACE FUNCTION search_text(given text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT ' ' || btrim(regexp_replace(
    regexp_replace(lower(translate(without_invisible(normalize(given, NFKC)), E'\u119E\u2027\u2022\u2219\u22C5\u30FB\uA78F\u1427', '········')),
      '([0-9]),(?=[0-9]{3})', '\1', 'g'),
    '(?:[^[:alnum:].%&]|(?<![0-9])[.]|[.](?![0-9])|(?<![0-9])%|(?<![a-z0-9])&|&(?![a-z0-9]))+', ' ', 'g')) || ' '
$$;

-- The articles that are there already, those that the change touches.
CREATE TEMPORARY TABLE touched AS
SELECT a.id, search_text(a."title") AS title, search_text(a."title" || E'\n' || a."content") AS body
FROM "Article" a JOIN "ArticleSearch" s ON s."articleId" = a.id
WHERE without_invisible(a."title" || a."content") <> a."title" || a."content" OR a."title" || a."content" ~ E'[\uA78F\u1427]';

UPDATE "ArticleSearch" s SET "title" = t.title, "body" = t.body, "terms" = search_terms(t.body)
FROM touched t WHERE s."articleId" = t.id AND (s."title", s."body") IS DISTINCT FROM (t.title, t.body);

DELETE FROM "ArticleKeyword" k USING touched t WHERE k."articleId" = t.id;
INSERT INTO "ArticleKeyword" ("articleId", "keyword", "weight")
SELECT t.id, k.keyword, k.weight FROM touched t CROSS JOIN LATERAL article_keywords(t.title, t.body) AS k;
DROP TABLE touched;

-- The keys of terms and questions; one that another has already stays, and is found by that other.
UPDATE "EconomicTerm" t SET "termKey" = wanted.key
FROM (SELECT DISTINCT ON (key) id, key
      FROM (SELECT id, without_invisible("termKey") AS key FROM "EconomicTerm" WHERE without_invisible("termKey") <> "termKey") AS seen
      ORDER BY key, id) AS wanted
WHERE t.id = wanted.id AND wanted.key <> ''
  AND NOT EXISTS (SELECT FROM "EconomicTerm" other WHERE other."termKey" = wanted.key);

UPDATE "Faq" f SET "questionKey" = wanted.key
FROM (SELECT DISTINCT ON (key) id, key
      FROM (SELECT id, without_invisible("questionKey") AS key FROM "Faq" WHERE without_invisible("questionKey") <> "questionKey") AS seen
      ORDER BY key, id) AS wanted
WHERE f.id = wanted.id AND wanted.key <> ''
  AND NOT EXISTS (SELECT FROM "Faq" other WHERE other."questionKey" = wanted.key);
