-- Scores and predictions become rows of (run, split, fold, step, forecaster). What was stored as model and naive turns
-- into the forecasters GRU and LAST_VALUE, to the last bit: jsonb holds numbers as they were written.

-- CreateTable
CREATE TABLE "experiment" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "experiment_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "run" ADD COLUMN "experiment_id" UUID;
CREATE INDEX "run_experiment_id_created_at_idx" ON "run"("experiment_id", "created_at");
ALTER TABLE "run" ADD CONSTRAINT "run_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Scores
ALTER TABLE "run_score" RENAME TO "run_score_before";
ALTER TABLE "run_score_before" DROP CONSTRAINT "run_score_pkey";
CREATE TABLE "run_score" (
    "run_id" UUID NOT NULL,
    "split" "Split" NOT NULL,
    "fold" INTEGER NOT NULL DEFAULT 0,
    "step" INTEGER NOT NULL,
    "forecaster" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "mae" DOUBLE PRECISION NOT NULL,
    "rmse" DOUBLE PRECISION NOT NULL,
    "mape" DOUBLE PRECISION,
    "mase" DOUBLE PRECISION,
    "directional_accuracy" DOUBLE PRECISION,
    "skill" DOUBLE PRECISION,

    CONSTRAINT "run_score_pkey" PRIMARY KEY ("run_id","split","fold","step","forecaster")
);
INSERT INTO "run_score" ("run_id", "split", "step", "forecaster", "count", "mae", "rmse", "mape", "mase", "directional_accuracy", "skill")
SELECT "run_id", "split", 0, "forecaster", "count",
    ("scores"->>'mae')::float8, ("scores"->>'rmse')::float8, ("scores"->>'mape')::float8, ("scores"->>'mase')::float8,
    ("scores"->>'directionalAccuracy')::float8, "skill_of"
FROM "run_score_before", LATERAL (VALUES ('GRU', "model", "skill"), ('LAST_VALUE', "naive", NULL)) AS "said" ("forecaster", "scores", "skill_of");
DROP TABLE "run_score_before";
ALTER TABLE "run_score" ADD CONSTRAINT "run_score_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Predictions
ALTER TABLE "run_prediction" RENAME TO "run_prediction_before";
ALTER TABLE "run_prediction_before" DROP CONSTRAINT "run_prediction_pkey";
CREATE TABLE "run_target" (
    "run_id" UUID NOT NULL,
    "split" "Split" NOT NULL,
    "fold" INTEGER NOT NULL DEFAULT 0,
    "step" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3)[],
    "actual" DOUBLE PRECISION[],

    CONSTRAINT "run_target_pkey" PRIMARY KEY ("run_id","split","fold","step")
);
CREATE TABLE "run_prediction" (
    "run_id" UUID NOT NULL,
    "split" "Split" NOT NULL,
    "fold" INTEGER NOT NULL DEFAULT 0,
    "step" INTEGER NOT NULL,
    "forecaster" TEXT NOT NULL,
    "predicted" DOUBLE PRECISION[],
    "lower" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
    "upper" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],

    CONSTRAINT "run_prediction_pkey" PRIMARY KEY ("run_id","split","fold","step","forecaster")
);
INSERT INTO "run_target" ("run_id", "split", "step", "time", "actual")
SELECT "run_id", "split", "step", "time", "actual" FROM "run_prediction_before";
INSERT INTO "run_prediction" ("run_id", "split", "step", "forecaster", "predicted")
SELECT "run_id", "split", "step", 'GRU', "predicted" FROM "run_prediction_before"
UNION ALL
SELECT "run_id", "split", "step", 'LAST_VALUE', "naive" FROM "run_prediction_before";
DROP TABLE "run_prediction_before";
ALTER TABLE "run_target" ADD CONSTRAINT "run_target_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "run_prediction" ADD CONSTRAINT "run_prediction_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
