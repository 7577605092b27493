-- Among waiting runs the higher one is trained first. The queue has it too, and here it gives each run its place.
ALTER TABLE "run" ADD COLUMN "priority" INTEGER NOT NULL DEFAULT 0;
