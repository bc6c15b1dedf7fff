-- AlterTable
ALTER TABLE "NewsletterSubscription" ADD COLUMN     "confirmationAttempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "confirmationDueAt" TIMESTAMPTZ(3),
ADD COLUMN     "confirmationExpiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "consentAskedAt" TIMESTAMPTZ(3),
ADD COLUMN     "offered" JSONB,
ADD COLUMN     "unsubscribeKey" UUID NOT NULL DEFAULT gen_random_uuid();

-- CreateIndex
CREATE INDEX "NewsletterSubscription_confirmationDueAt_idx" ON "NewsletterSubscription"("confirmationDueAt");
