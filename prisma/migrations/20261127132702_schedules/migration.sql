-- AlterTable
ALTER TABLE "run" ADD COLUMN     "schedule_id" UUID;

-- CreateTable
CREATE TABLE "schedule" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "series_id" UUID NOT NULL,
    "training" JSONB NOT NULL,
    "every_bars" INTEGER,
    "cron" TEXT,
    "expiry_bars" INTEGER,
    "champion_id" UUID,
    "judged_id" UUID,
    "bars_seen" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "schedule_series_id_idx" ON "schedule"("series_id");

-- CreateIndex
CREATE INDEX "run_schedule_id_created_at_idx" ON "run"("schedule_id", "created_at");

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedule"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_series_id_fkey" FOREIGN KEY ("series_id") REFERENCES "price_series"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_champion_id_fkey" FOREIGN KEY ("champion_id") REFERENCES "run"("id") ON DELETE SET NULL ON UPDATE CASCADE;
