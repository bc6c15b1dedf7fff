SET lock_timeout = '2s';

-- CreateTable
CREATE TABLE "RelatedDocument" (
    "id" UUID NOT NULL,
    "articleId" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "link" TEXT NOT NULL,
    "snippet" TEXT NOT NULL,

    CONSTRAINT "RelatedDocument_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RelatedDocument_link_idx" ON "RelatedDocument"("link");

-- CreateIndex
CREATE UNIQUE INDEX "RelatedDocument_articleId_place_key" ON "RelatedDocument"("articleId", "place");

-- AddForeignKey
ALTER TABLE "RelatedDocument" ADD CONSTRAINT "RelatedDocument_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;
