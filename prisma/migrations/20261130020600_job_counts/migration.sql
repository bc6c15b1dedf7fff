-- Alone in its migration: jobs go on being written meanwhile. It counts what has ended without reading the rows.
CREATE INDEX CONCURRENTLY "GenerationJob_status_kind_idx" ON "GenerationJob"("status", "kind");
