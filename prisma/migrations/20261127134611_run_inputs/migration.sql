-- CreateTable
CREATE TABLE "run_input" (
    "run_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "series_version_id" UUID NOT NULL,

    CONSTRAINT "run_input_pkey" PRIMARY KEY ("run_id","position")
);

-- CreateIndex
CREATE INDEX "run_input_series_version_id_idx" ON "run_input"("series_version_id");

-- AddForeignKey
ALTER TABLE "run_input" ADD CONSTRAINT "run_input_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_input" ADD CONSTRAINT "run_input_series_version_id_fkey" FOREIGN KEY ("series_version_id") REFERENCES "series_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
