/** JSON columns are checked where they are read: above db/ every type is what it says. */
import { z } from "zod";
import { priceFields } from "../domain/price-series.ts";
import { runStatuses } from "../domain/run.ts";
import type { RunEventBody } from "../domain/run-event.ts";
import type { EngineFinding } from "../ports/workers.ts";
import { scalerFits, type TrainingConfig, targetTransforms } from "../recipe/training-config.ts";

const trainingConfig: z.ZodType<TrainingConfig> = z.object({
  target: z.enum(priceFields),
  transform: z.enum(targetTransforms),
  features: z.array(z.enum(priceFields)),
  window: z.number(),
  horizon: z.number(),
  layers: z.array(z.object({ units: z.number(), dropout: z.number() })),
  resetAfter: z.boolean(),
  epochs: z.number(),
  batchSize: z.number(),
  learningRate: z.number(),
  // Runs from before these two could be chosen were trained without them.
  clipNorm: z.number().nullable().default(null),
  weightDecay: z.number().default(0),
  seed: z.number(),
  testBars: z.number(),
  validationBars: z.number(),
  validateOnTest: z.boolean(),
  scalerFit: z.enum(scalerFits),
});

const epoch = z.object({
  epoch: z.number(),
  trainLoss: z.number(),
  validationLoss: z.number().nullable(),
  durationMs: z.number(),
  samplesPerSecond: z.number(),
});

const runEventBody: z.ZodType<RunEventBody> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("status"), status: z.enum(runStatuses), message: z.string().nullable() }),
  z.object({ kind: z.literal("epoch"), epoch, etaMs: z.number().nullable() }),
  z.object({ kind: z.literal("log"), level: z.enum(["INFO", "WARNING", "ERROR"]), message: z.string() }),
]);

const engineFinding: z.ZodType<EngineFinding> = z.object({
  engine: z.enum(["WEBGPU", "TENSORFLOW", "NATIVE", "WASM"]),
  available: z.boolean(),
  detail: z.string(),
  device: z.string().nullable(),
  batchMs: z.number().nullable(),
});

const reader =
  <T>(schema: z.ZodType<T>, column: string) =>
  (value: unknown): T => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new Error(`the stored ${column} is not readable: ${z.prettifyError(parsed.error)}`);
  };

export const readTrainingConfig = reader(trainingConfig, "run.config");
export const readRunEventBody = reader(runEventBody, "run_event.body");
export const readEngineFinding = reader(engineFinding, "worker.engines");
