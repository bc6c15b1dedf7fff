-- CreateTable
CREATE TABLE "UpstreamPace" (
    "upstream" TEXT NOT NULL,
    "nextAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "UpstreamPace_pkey" PRIMARY KEY ("upstream")
);
