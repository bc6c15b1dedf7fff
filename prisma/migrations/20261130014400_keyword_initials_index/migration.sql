-- In a migration of its own, as it must be for nobody to wait for it.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "ArticleKeyword_initials_idx" ON "ArticleKeyword" (search_initials("keyword"));
