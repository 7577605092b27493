-- AlterTable
ALTER TABLE "experiment" ADD COLUMN     "idempotency_key" TEXT,
ADD COLUMN     "plan" TEXT NOT NULL DEFAULT 'SEEDS',
ADD COLUMN     "request_hash" TEXT;

-- AlterTable
ALTER TABLE "worker" ADD COLUMN     "current_run_ids" UUID[] DEFAULT ARRAY[]::UUID[];

-- CreateIndex
CREATE UNIQUE INDEX "experiment_idempotency_key_key" ON "experiment"("idempotency_key");
