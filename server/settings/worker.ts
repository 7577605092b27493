/** What workers take from the environment: their device, and what they keep of runs, where and for how long. */
import { z } from "zod";
import { checkpointStoreProblem, type S3Address, s3AddressOf } from "./store-addresses.ts";
import { orNull, type ValuesOf, type Variable, wholeNumberOrNull } from "./variable.ts";

export interface WorkerSettings {
  /** What workers of one machine share and take turns on; null: the machine. */
  readonly workerDevice: string | null;
  /** A worker keeps this file young while it does its work; null: none. */
  readonly healthFile: string | null;
  /** How long ended runs keep their events and checkpoints. Null: for ever. */
  readonly retentionDays: number | null;
  /** Where new checkpoints go. Null: into PostgreSQL. */
  readonly checkpointStore: S3Address | null;
  /** Where older ones may lie still. */
  readonly checkpointStoreBefore: S3Address | null;
}

const checkpointStore: Variable<S3Address | null> = {
  expects:
    "postgres, or an address such as s3://bucket/prefix?endpoint=https://host:9000&region=eu-central-1 " +
    "(keys belong into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)",
  schema: z
    .string()
    .default("postgres")
    .refine((text) => checkpointStoreProblem(text) === null)
    .transform(s3AddressOf),
  problemOf: checkpointStoreProblem,
};

export const workerVariables = {
  WORKER_DEVICE: { expects: "a name of at most 100 characters", schema: orNull(z.string().max(100)) },
  HEALTH_FILE: { expects: "a file that the worker may write", schema: orNull(z.string()) },
  RETENTION_DAYS: wholeNumberOrNull({ least: 1, most: 36_500 }, " of days"),
  CHECKPOINT_STORE: checkpointStore,
  CHECKPOINT_STORE_BEFORE: checkpointStore,
} as const;

export const workerSettings = (given: ValuesOf<typeof workerVariables>): WorkerSettings => ({
  workerDevice: given.WORKER_DEVICE,
  healthFile: given.HEALTH_FILE,
  retentionDays: given.RETENTION_DAYS,
  checkpointStore: given.CHECKPOINT_STORE,
  checkpointStoreBefore: given.CHECKPOINT_STORE_BEFORE,
});
