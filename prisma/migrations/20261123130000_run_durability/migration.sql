-- How often a worker vanished while it trained the run: three times, and the run is given up.
ALTER TABLE "run" ADD COLUMN "lost_attempts" INTEGER NOT NULL DEFAULT 0;

-- SHA-256 of the request that used the idempotency key: the same key with another request is a conflict.
ALTER TABLE "run" ADD COLUMN "request_hash" TEXT;

-- Weights do not compress: storing them as they are spares each epoch the attempt.
ALTER TABLE "run_checkpoint" ALTER COLUMN "state" SET STORAGE EXTERNAL;
