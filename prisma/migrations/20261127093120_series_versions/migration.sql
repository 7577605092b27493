-- The bars of a series become versions that never change, and each run points to its own.
--
-- What was stored before goes into the schema before_versions. server/db/series/move-bars.ts makes chunks of it, finds the
-- version of each run and drops the schema, in this migration's transaction or, where Prisma's own tool applied it, at
-- the next start.
CREATE SCHEMA "before_versions";
ALTER TABLE "bar" DROP CONSTRAINT "bar_series_id_fkey";
ALTER TABLE "bar" SET SCHEMA "before_versions";
-- last_time: of the newest bar that a run predicted, which is the last one of those that it was trained on.
CREATE TABLE "before_versions"."run" AS
SELECT "id", "series_id", "series_content_hash",
    (SELECT max(p."time"[array_upper(p."time", 1)]) FROM "run_prediction" p WHERE p."run_id" = "run"."id") AS "last_time"
FROM "run";

CREATE TABLE "series_version" (
    "id" UUID NOT NULL,
    "series_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "content_hash" TEXT NOT NULL,
    "bar_count" INTEGER NOT NULL,
    "first_time" TIMESTAMPTZ(3),
    "last_time" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "chunks" BYTEA[],
    "chunk_times" DOUBLE PRECISION[],

    CONSTRAINT "series_version_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "bar_chunk" (
    "series_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "time" DOUBLE PRECISION[],
    "open" DOUBLE PRECISION[],
    "high" DOUBLE PRECISION[],
    "low" DOUBLE PRECISION[],
    "close" DOUBLE PRECISION[],
    "adjusted_close" DOUBLE PRECISION[],
    "volume" DOUBLE PRECISION[],
    "detail_64" DOUBLE PRECISION[],
    "detail_256" DOUBLE PRECISION[],
    "detail_1024" DOUBLE PRECISION[],
    "detail_4096" DOUBLE PRECISION[],
    "facts" DOUBLE PRECISION[],

    CONSTRAINT "bar_chunk_pkey" PRIMARY KEY ("series_id","hash")
);

-- Prices hardly compress: storing them as they are spares each import and each chart the attempt.
ALTER TABLE "bar_chunk"
    ALTER COLUMN "time" SET STORAGE EXTERNAL,
    ALTER COLUMN "open" SET STORAGE EXTERNAL,
    ALTER COLUMN "high" SET STORAGE EXTERNAL,
    ALTER COLUMN "low" SET STORAGE EXTERNAL,
    ALTER COLUMN "close" SET STORAGE EXTERNAL,
    ALTER COLUMN "adjusted_close" SET STORAGE EXTERNAL,
    ALTER COLUMN "volume" SET STORAGE EXTERNAL,
    ALTER COLUMN "detail_64" SET STORAGE EXTERNAL,
    ALTER COLUMN "detail_256" SET STORAGE EXTERNAL,
    ALTER COLUMN "detail_1024" SET STORAGE EXTERNAL,
    ALTER COLUMN "detail_4096" SET STORAGE EXTERNAL,
    ALTER COLUMN "facts" SET STORAGE EXTERNAL;

-- A version for each series: its chunks come afterwards.
INSERT INTO "series_version" ("id", "series_id", "number", "content_hash", "bar_count", "first_time", "last_time", "created_at", "chunks", "chunk_times")
SELECT gen_random_uuid(), "id", 1, "content_hash", "bar_count", "first_time", "last_time", "updated_at", '{}', '{}' FROM "price_series";

ALTER TABLE "price_series" DROP COLUMN "bar_count",
DROP COLUMN "content_hash",
DROP COLUMN "first_time",
DROP COLUMN "last_time",
ADD COLUMN     "version_id" UUID;
UPDATE "price_series" SET "version_id" = v."id" FROM "series_version" v WHERE v."series_id" = "price_series"."id";

ALTER TABLE "run" DROP COLUMN "series_content_hash",
ADD COLUMN     "series_version_id" UUID;
UPDATE "run" SET "series_version_id" = s."version_id" FROM "price_series" s WHERE s."id" = "run"."series_id";
ALTER TABLE "run" ALTER COLUMN "series_version_id" SET NOT NULL;

CREATE UNIQUE INDEX "series_version_series_id_number_key" ON "series_version"("series_id", "number");
CREATE UNIQUE INDEX "price_series_version_id_key" ON "price_series"("version_id");
CREATE INDEX "run_series_version_id_idx" ON "run"("series_version_id");

ALTER TABLE "price_series" ADD CONSTRAINT "price_series_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "series_version"("id") ON DELETE NO ACTION ON UPDATE CASCADE;
ALTER TABLE "series_version" ADD CONSTRAINT "series_version_series_id_fkey" FOREIGN KEY ("series_id") REFERENCES "price_series"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "bar_chunk" ADD CONSTRAINT "bar_chunk_series_id_fkey" FOREIGN KEY ("series_id") REFERENCES "price_series"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "run" ADD CONSTRAINT "run_series_version_id_fkey" FOREIGN KEY ("series_version_id") REFERENCES "series_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The current bars of every series, row by row, for whoever opens the database.
CREATE VIEW "bar" AS
SELECT s."id" AS "series_id",
    to_timestamp(b."time" / 1000)::timestamptz(3) AS "time",
    b."open", b."high", b."low", b."close",
    nullif(b."adjusted_close", 'NaN') AS "adjusted_close",
    nullif(b."volume", 'NaN') AS "volume"
FROM "price_series" s
JOIN "series_version" v ON v."id" = s."version_id"
CROSS JOIN LATERAL unnest(v."chunks") AS p("hash")
JOIN "bar_chunk" c ON c."series_id" = s."id" AND c."hash" = p."hash"
CROSS JOIN LATERAL unnest(c."time", c."open", c."high", c."low", c."close", c."adjusted_close", c."volume")
    AS b("time", "open", "high", "low", "close", "adjusted_close", "volume");
