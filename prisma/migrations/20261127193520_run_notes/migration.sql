-- AlterTable
ALTER TABLE "price_series" ADD COLUMN     "baseline_run_id" UUID;

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "note" TEXT,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE UNIQUE INDEX "price_series_baseline_run_id_key" ON "price_series"("baseline_run_id");

-- AddForeignKey
ALTER TABLE "price_series" ADD CONSTRAINT "price_series_baseline_run_id_fkey" FOREIGN KEY ("baseline_run_id") REFERENCES "run"("id") ON DELETE SET NULL ON UPDATE CASCADE;
