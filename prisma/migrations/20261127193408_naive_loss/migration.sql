-- AlterTable
ALTER TABLE "run" ADD COLUMN     "naive_loss" DOUBLE PRECISION;
