-- AlterTable
ALTER TABLE "run_score" ADD COLUMN     "confidence_set_p_value" DOUBLE PRECISION;
