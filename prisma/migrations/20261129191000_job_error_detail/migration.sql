-- AlterTable
ALTER TABLE "GenerationJob" ADD COLUMN "errorDetail" JSONB;
