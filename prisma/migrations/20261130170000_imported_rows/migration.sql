-- CreateTable
CREATE TABLE "ImportedRow" (
    "oldTable" TEXT NOT NULL,
    "oldId" TEXT NOT NULL,
    "newId" UUID,
    "merged" BOOLEAN NOT NULL,
    "key" TEXT,
    "notes" TEXT[],
    "importedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ImportedRow_pkey" PRIMARY KEY ("oldTable","oldId")
);

-- CreateIndex
CREATE INDEX "ImportedRow_key_idx" ON "ImportedRow"("key");

-- What moves in was published long ago: a transaction that says so tells nobody of its articles.
CREATE OR REPLACE FUNCTION "notifyLive"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('gyeongdan.quiet', true) = 'on' THEN RETURN NULL; END IF;
  PERFORM pg_notify('gyeongdan_live', json_build_object(
    'topic', TG_ARGV[0], 'id', NEW.id, 'version', (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)::text);
  RETURN NULL;
END $$;
