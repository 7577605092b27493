-- AlterTable
ALTER TABLE "run" ADD COLUMN     "interval_source" TEXT,
ADD COLUMN     "leak_test" JSONB,
ADD COLUMN     "verdict" TEXT;

-- AlterTable
ALTER TABLE "run_prediction" ADD COLUMN     "lower_80" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
ADD COLUMN     "upper_80" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[];

-- AlterTable
ALTER TABLE "run_score" ADD COLUMN     "direction_p_value" DOUBLE PRECISION,
ADD COLUMN     "dm_p_value" DOUBLE PRECISION,
ADD COLUMN     "dm_statistic" DOUBLE PRECISION,
ADD COLUMN     "qlike" DOUBLE PRECISION,
ADD COLUMN     "r2" DOUBLE PRECISION,
ADD COLUMN     "rmsse" DOUBLE PRECISION,
ADD COLUMN     "share_of_ups" DOUBLE PRECISION,
ADD COLUMN     "smape" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "run_coverage" (
    "run_id" UUID NOT NULL,
    "split" "Split" NOT NULL,
    "fold" INTEGER NOT NULL DEFAULT 0,
    "step" INTEGER NOT NULL,
    "level" DOUBLE PRECISION NOT NULL,
    "count" INTEGER NOT NULL,
    "covered" DOUBLE PRECISION NOT NULL,
    "worst_block" DOUBLE PRECISION NOT NULL,
    "mean_width" DOUBLE PRECISION NOT NULL,
    "winkler" DOUBLE PRECISION NOT NULL,
    "kupiec_p_value" DOUBLE PRECISION,

    CONSTRAINT "run_coverage_pkey" PRIMARY KEY ("run_id","split","fold","step","level")
);

-- CreateTable
CREATE TABLE "trained_model" (
    "run_id" UUID NOT NULL,
    "model" BYTEA NOT NULL,
    "checksum" TEXT NOT NULL,

    CONSTRAINT "trained_model_pkey" PRIMARY KEY ("run_id")
);

-- AddForeignKey
ALTER TABLE "run_coverage" ADD CONSTRAINT "run_coverage_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trained_model" ADD CONSTRAINT "trained_model_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
