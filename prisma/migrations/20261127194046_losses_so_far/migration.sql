-- AlterTable
ALTER TABLE "run" ADD COLUMN     "is_constant" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "lowest_loss" DOUBLE PRECISION,
ADD COLUMN     "lowest_loss_epoch" INTEGER,
ADD COLUMN     "newest_loss" DOUBLE PRECISION;

-- Of runs from before; epochs are numbered from 1.
UPDATE "run" SET "lowest_loss" = lowest.validation_loss, "lowest_loss_epoch" = lowest.epoch, "newest_loss" = newest.validation_loss
FROM (
  SELECT DISTINCT ON (run_id) run_id, epoch, validation_loss FROM "run_epoch"
  WHERE validation_loss IS NOT NULL ORDER BY run_id, validation_loss, epoch
) AS lowest
JOIN (
  SELECT DISTINCT ON (run_id) run_id, validation_loss FROM "run_epoch"
  WHERE validation_loss IS NOT NULL ORDER BY run_id, epoch DESC
) AS newest ON newest.run_id = lowest.run_id
WHERE "run"."id" = lowest.run_id;
