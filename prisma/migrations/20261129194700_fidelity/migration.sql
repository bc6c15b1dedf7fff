-- What the check of figures and names found; null where there was no original to compare with.
ALTER TABLE "Article" ADD COLUMN "fidelity" JSONB;
ALTER TABLE "ArticleRevision" ADD COLUMN "fidelity" JSONB;
