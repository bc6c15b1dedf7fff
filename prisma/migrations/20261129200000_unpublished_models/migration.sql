-- A model is stored on its own, which takes seconds, and published by the transaction that ends its job.
ALTER TABLE "RecommendationModel" ADD COLUMN "published" BOOLEAN NOT NULL DEFAULT true;
