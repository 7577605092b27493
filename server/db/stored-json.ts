/** JSON columns are checked where they are read: above db/ every type is what it says. */
import { z } from "zod";
import type { LeakTest } from "../domain/results.ts";
import { runStatuses } from "../domain/run.ts";
import { logLevels, type RunEventBody } from "../domain/run-event.ts";
import type { EngineFinding } from "../ports/workers.ts";
import { storedConfig } from "./stored-config.ts";

const epoch = z.object({
  epoch: z.number(),
  trainLoss: z.number(),
  validationLoss: z.number().nullable(),
  durationMs: z.number(),
  samplesPerSecond: z.number(),
});

/** Every kind, or it does not compile. */
const bodies: {
  readonly [Kind in RunEventBody["kind"]]: z.ZodType<Extract<RunEventBody, { kind: Kind }>>;
} = {
  epoch: z.object({ kind: z.literal("epoch"), epoch, etaMs: z.number().nullable() }),
  status: z.object({
    ...{ kind: z.literal("status"), status: z.enum(runStatuses), message: z.string().nullable() },
  }),
  log: z.object({ kind: z.literal("log"), level: z.enum(logLevels), message: z.string() }),
};
const runEventBody: z.ZodType<RunEventBody> = z.union(Object.values(bodies));

const engineFinding: z.ZodType<EngineFinding> = z.object({
  engine: z.enum(["WEBGPU", "TENSORFLOW", "NATIVE", "WASM"]),
  available: z.boolean(),
  detail: z.string(),
  device: z.string().nullable(),
  batchMs: z.number().nullable(),
});

const leakTest: z.ZodType<LeakTest> = z.object({
  passed: z.boolean(),
  checkedCuts: z.number(),
  detail: z.string(),
});

const reader =
  <T>(schema: z.ZodType<T>, column: string) =>
  (value: unknown): T => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new Error(`the stored ${column} is not readable: ${z.prettifyError(parsed.error)}`);
  };

export const readTrainingConfig = reader(storedConfig, "run.config");
export const readLeakTest = reader(leakTest, "run.leak_test");
export const readRunEventBody = reader(runEventBody, "run_event.body");
export const readEngineFinding = reader(engineFinding, "worker.engines");
