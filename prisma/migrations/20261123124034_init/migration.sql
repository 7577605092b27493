-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "Engine" AS ENUM ('AUTO', 'WEBGPU', 'TENSORFLOW', 'NATIVE', 'WASM');

-- CreateEnum
CREATE TYPE "Split" AS ENUM ('TRAIN', 'VALIDATION', 'TEST');

-- CreateTable
CREATE TABLE "price_series" (
    "id" UUID NOT NULL,
    "symbol" TEXT NOT NULL,
    "name" TEXT,
    "currency" TEXT,
    "timezone" TEXT NOT NULL,
    "bar_count" INTEGER NOT NULL DEFAULT 0,
    "first_time" TIMESTAMPTZ(3),
    "last_time" TIMESTAMPTZ(3),
    "content_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "price_series_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bar" (
    "series_id" UUID NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "open" DOUBLE PRECISION NOT NULL,
    "high" DOUBLE PRECISION NOT NULL,
    "low" DOUBLE PRECISION NOT NULL,
    "close" DOUBLE PRECISION NOT NULL,
    "adjusted_close" DOUBLE PRECISION,
    "volume" DOUBLE PRECISION,

    CONSTRAINT "bar_pkey" PRIMARY KEY ("series_id","time")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'QUEUED',
    "series_id" UUID NOT NULL,
    "series_content_hash" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "requested_engine" "Engine" NOT NULL DEFAULT 'AUTO',
    "engine" "Engine",
    "device" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "best_epoch" INTEGER,
    "eta_ms" DOUBLE PRECISION,
    "last_sequence" INTEGER NOT NULL DEFAULT 0,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "error_message" TEXT,
    "warnings" TEXT[],
    "idempotency_key" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_epoch" (
    "run_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "train_loss" DOUBLE PRECISION NOT NULL,
    "validation_loss" DOUBLE PRECISION,
    "duration_ms" DOUBLE PRECISION NOT NULL,
    "samples_per_second" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "run_epoch_pkey" PRIMARY KEY ("run_id","epoch")
);

-- CreateTable
CREATE TABLE "run_event" (
    "run_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "run_event_pkey" PRIMARY KEY ("run_id","sequence")
);

-- CreateTable
CREATE TABLE "run_score" (
    "run_id" UUID NOT NULL,
    "split" "Split" NOT NULL,
    "count" INTEGER NOT NULL,
    "model" JSONB NOT NULL,
    "naive" JSONB NOT NULL,
    "skill" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "run_score_pkey" PRIMARY KEY ("run_id","split")
);

-- CreateTable
CREATE TABLE "run_prediction" (
    "run_id" UUID NOT NULL,
    "split" "Split" NOT NULL,
    "step" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3)[],
    "actual" DOUBLE PRECISION[],
    "predicted" DOUBLE PRECISION[],
    "naive" DOUBLE PRECISION[],

    CONSTRAINT "run_prediction_pkey" PRIMARY KEY ("run_id","split","step")
);

-- CreateTable
CREATE TABLE "run_checkpoint" (
    "run_id" UUID NOT NULL,
    "slot" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "state" BYTEA NOT NULL,
    "checksum" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_checkpoint_pkey" PRIMARY KEY ("run_id","slot")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "current_run_id" UUID,
    "stopped_at" TIMESTAMPTZ(3),
    "engines" JSONB NOT NULL,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "price_series_symbol_key" ON "price_series"("symbol");

-- CreateIndex
CREATE UNIQUE INDEX "run_idempotency_key_key" ON "run"("idempotency_key");

-- CreateIndex
CREATE INDEX "run_status_created_at_idx" ON "run"("status", "created_at");

-- CreateIndex
CREATE INDEX "run_series_id_created_at_idx" ON "run"("series_id", "created_at");

-- AddForeignKey
ALTER TABLE "bar" ADD CONSTRAINT "bar_series_id_fkey" FOREIGN KEY ("series_id") REFERENCES "price_series"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_series_id_fkey" FOREIGN KEY ("series_id") REFERENCES "price_series"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_epoch" ADD CONSTRAINT "run_epoch_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_event" ADD CONSTRAINT "run_event_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_score" ADD CONSTRAINT "run_score_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_prediction" ADD CONSTRAINT "run_prediction_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_checkpoint" ADD CONSTRAINT "run_checkpoint_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
