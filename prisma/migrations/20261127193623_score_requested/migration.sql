-- AlterTable
ALTER TABLE "run" ADD COLUMN     "score_requested_at" TIMESTAMPTZ(3);
