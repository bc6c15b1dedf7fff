SET lock_timeout = '2s';

-- AlterTable
ALTER TABLE "Article" ADD COLUMN "hiddenPage" TEXT;

-- AlterTable
ALTER TABLE "RelatedDocument" ADD COLUMN "page" TEXT;

-- As pageKeyOf makes it, but for hosts that are a public suffix without their www., m. or amp.
UPDATE "RelatedDocument"
SET "page" = regexp_replace("link", '^https?://(?:(?:www|m|amp)\.(?=[^/?:]+\.))?([^/?]+)([^?]*?)/*(\?.*)?$', '\1\2\3');
UPDATE "Article"
SET "hiddenPage" = regexp_replace("sourceUrl", '^https?://(?:(?:www|m|amp)\.(?=[^/?:]+\.))?([^/?]+)([^?]*?)/*(\?.*)?$', '\1\2\3')
WHERE "status" IN ('HIDDEN', 'TAKEN_DOWN');

-- What readers must not see is gone from where others found it, too.
DELETE FROM "RelatedDocument" d USING "Article" a
WHERE a."status" = 'TAKEN_DOWN' AND a."hiddenPage" = d."page";

-- AlterTable
ALTER TABLE "RelatedDocument" ALTER COLUMN "page" SET NOT NULL;

-- DropIndex
DROP INDEX "RelatedDocument_link_idx";

-- CreateIndex
CREATE INDEX "Article_hiddenPage_idx" ON "Article"("hiddenPage");

-- CreateIndex
CREATE INDEX "RelatedDocument_page_idx" ON "RelatedDocument"("page");
