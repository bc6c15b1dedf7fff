SET lock_timeout = '2s';

-- CreateTable
CREATE TABLE "ArticleWeekViews" (
    "week" DATE NOT NULL,
    "articleId" UUID NOT NULL,
    "views" INTEGER NOT NULL,

    CONSTRAINT "ArticleWeekViews_pkey" PRIMARY KEY ("week","articleId")
);

-- CreateIndex
CREATE INDEX "ArticleWeekViews_week_views_idx" ON "ArticleWeekViews"("week", "views" DESC);

-- CreateIndex
CREATE INDEX "ArticleWeekViews_articleId_idx" ON "ArticleWeekViews"("articleId");

-- AddForeignKey
ALTER TABLE "ArticleWeekViews" ADD CONSTRAINT "ArticleWeekViews_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Keeps the weeks right whoever counts the days, also a gateway of the release before.
CREATE FUNCTION article_week_views() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO "ArticleWeekViews" AS w ("week", "articleId", "views")
  VALUES (date_trunc('week', NEW."day"::timestamp)::date, NEW."articleId", NEW."views" - CASE WHEN TG_OP = 'UPDATE' THEN OLD."views" ELSE 0 END)
  ON CONFLICT ("week", "articleId") DO UPDATE SET "views" = w."views" + EXCLUDED."views";
  RETURN NULL;
END
$$;

CREATE TRIGGER article_week_views AFTER INSERT OR UPDATE OF "views" ON "ArticleDayViews"
FOR EACH ROW EXECUTE FUNCTION article_week_views();

-- The weeks that anybody may still ask for. Who counts a view now waits for the end of this.
INSERT INTO "ArticleWeekViews" ("week", "articleId", "views")
SELECT date_trunc('week', "day"::timestamp)::date, "articleId", sum("views") FROM "ArticleDayViews"
WHERE "day" >= date_trunc('week', now() AT TIME ZONE 'Asia/Seoul')::date - 7 GROUP BY 1, 2;
