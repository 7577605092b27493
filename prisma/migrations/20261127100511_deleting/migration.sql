-- AlterTable
ALTER TABLE "run" ADD COLUMN     "cleaned_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "discarded_object" (
    "object" TEXT NOT NULL,
    "discarded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "discarded_object_pkey" PRIMARY KEY ("object")
);
