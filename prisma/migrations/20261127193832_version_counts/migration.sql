-- AlterTable
ALTER TABLE "series_version" ADD COLUMN     "rows_added" INTEGER,
ADD COLUMN     "rows_changed" INTEGER;
