-- CreateTable
CREATE TABLE "run_forecast" (
    "run_id" UUID NOT NULL,
    "anchor_time" TIMESTAMPTZ(3) NOT NULL,
    "step" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "predicted" DOUBLE PRECISION NOT NULL,
    "naive" DOUBLE PRECISION NOT NULL,
    "lower" DOUBLE PRECISION,
    "upper" DOUBLE PRECISION,
    "version_number" INTEGER NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_forecast_pkey" PRIMARY KEY ("run_id","anchor_time","step")
);

-- AddForeignKey
ALTER TABLE "run_forecast" ADD CONSTRAINT "run_forecast_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
