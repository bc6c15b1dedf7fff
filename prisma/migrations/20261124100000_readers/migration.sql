-- CreateEnum
CREATE TYPE "Surface" AS ENUM ('HOME', 'LIST', 'SEARCH', 'RECOMMENDATIONS', 'SIMILAR', 'POPULAR', 'NEWSLETTER');

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "readerAnsweredAt" TIMESTAMPTZ(3),
ADD COLUMN     "readerPoints" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- CreateTable
CREATE TABLE "ArticleView" (
    "readerId" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "userId" UUID,
    "dwellSeconds" INTEGER NOT NULL DEFAULT 0,
    "firstViewedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastViewedAt" TIMESTAMPTZ(3) NOT NULL,
    "countedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ArticleView_pkey" PRIMARY KEY ("readerId","articleId")
);

-- CreateTable
CREATE TABLE "ArticleDayViews" (
    "day" DATE NOT NULL,
    "articleId" UUID NOT NULL,
    "views" INTEGER NOT NULL,

    CONSTRAINT "ArticleDayViews_pkey" PRIMARY KEY ("day","articleId")
);

-- CreateTable
CREATE TABLE "Impression" (
    "readerId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "articleId" UUID NOT NULL,
    "userId" UUID,
    "surface" "Surface" NOT NULL,
    "shownAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Impression_pkey" PRIMARY KEY ("readerId","day","articleId")
);

-- CreateTable
CREATE TABLE "EconomicTerm" (
    "id" UUID NOT NULL,
    "term" TEXT NOT NULL,
    "termKey" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "example" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EconomicTerm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecommendationModel" (
    "version" SERIAL NOT NULL,
    "data" BYTEA NOT NULL,
    "statistics" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RecommendationModel_pkey" PRIMARY KEY ("version")
);

-- CreateIndex
CREATE INDEX "ArticleView_userId_lastViewedAt_idx" ON "ArticleView"("userId", "lastViewedAt" DESC);

-- CreateIndex
CREATE INDEX "ArticleView_articleId_idx" ON "ArticleView"("articleId");

-- CreateIndex
CREATE INDEX "ArticleView_lastViewedAt_idx" ON "ArticleView"("lastViewedAt");

-- CreateIndex
CREATE INDEX "ArticleDayViews_articleId_idx" ON "ArticleDayViews"("articleId");

-- CreateIndex
CREATE INDEX "Impression_articleId_idx" ON "Impression"("articleId");

-- CreateIndex
CREATE INDEX "Impression_userId_idx" ON "Impression"("userId");

-- CreateIndex
CREATE INDEX "Impression_shownAt_idx" ON "Impression"("shownAt");

-- CreateIndex
CREATE UNIQUE INDEX "EconomicTerm_termKey_key" ON "EconomicTerm"("termKey");

-- AddForeignKey
ALTER TABLE "ArticleView" ADD CONSTRAINT "ArticleView_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArticleView" ADD CONSTRAINT "ArticleView_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArticleDayViews" ADD CONSTRAINT "ArticleDayViews_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Impression" ADD CONSTRAINT "Impression_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Impression" ADD CONSTRAINT "Impression_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;


