-- A checkpoint's bytes lie in the row, or in an object store under the address that the row names.
ALTER TABLE "run_checkpoint" ADD COLUMN "object" TEXT,
ADD COLUMN "object_bytes" INTEGER,
ALTER COLUMN "state" DROP NOT NULL;

ALTER TABLE "run_checkpoint" ADD CONSTRAINT "run_checkpoint_lies_in_one_place"
CHECK (("state" IS NULL) = ("object" IS NOT NULL));
