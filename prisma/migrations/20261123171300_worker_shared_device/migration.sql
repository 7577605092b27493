-- AlterTable
ALTER TABLE "worker" ADD COLUMN     "shared_device" TEXT;
