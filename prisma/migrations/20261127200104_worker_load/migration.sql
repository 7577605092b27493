-- AlterTable
ALTER TABLE "worker" ADD COLUMN     "load" DOUBLE PRECISION,
ADD COLUMN     "memory_bytes" BIGINT,
ADD COLUMN     "name" TEXT;
