import { expect, test } from "vitest";
import type { EngineName } from "../../server/domain/run.ts";
import { DeviceLost, type Engine, EngineUnavailable, ShapeUnsupported } from "../../server/engine/engine.ts";
import type { EngineFinding } from "../../server/ports/workers.ts";
import type { WorkerReport } from "../../server/worker/report-group.ts";
import { trainWhereItFits } from "../../server/worker/train-where-it-fits.ts";

const found = (engine: EngineName, batchMs: number | null): EngineFinding => ({
  engine,
  available: batchMs !== null,
  detail: "",
  device: `${engine} device`,
  batchMs,
});
const engines = [found("WASM", 40), found("WEBGPU", 1), found("TENSORFLOW", null), found("NATIVE", 9)];
const done: WorkerReport = {
  kind: "result",
  bestEpoch: 1,
  scores: [],
  stepScores: [],
  predictions: [],
  warnings: [],
};

/** Trains where engines throw what `failures` says of them: each of a list once, in its order. */
async function trainedWith(
  failures: Partial<Record<EngineName, Error | Error[]>>,
  first: EngineName = "WEBGPU",
) {
  const tried: string[] = [];
  const changes: string[] = [];
  const reports: WorkerReport[] = [];
  const ports = { engines, loadEngine: async (name: EngineName) => ({ name }) as Engine };
  const training = trainWhereItFits(ports, first, async function* ({ name }) {
    tried.push(name);
    const failure = failures[name];
    const now = Array.isArray(failure) ? failure.shift() : failure;
    if (now) throw now;
    yield done;
  });
  const error = await (async () => {
    for await (const report of training)
      if (report.kind !== "engine") reports.push(report);
      else
        changes.push(
          `${report.gaveUp} -> ${report.next.engine} on ${report.next.device}: ${report.reason.message}`,
        );
  })().catch((reason: unknown) => reason);
  return { tried, changes, reports, error };
}

test("an engine that can train the model trains it, and no other is asked", async () => {
  expect(await trainedWith({})).toEqual({
    tried: ["WEBGPU"],
    changes: [],
    reports: [done],
    error: undefined,
  });
});

test("a model too large for the card goes to the next fastest engine, and that is told", async () => {
  expect(await trainedWith({ WEBGPU: new ShapeUnsupported("too large") })).toEqual({
    tried: ["WEBGPU", "NATIVE"],
    changes: ["WEBGPU -> NATIVE on NATIVE device: too large"],
    reports: [done],
    error: undefined,
  });
});

test("each engine is tried once, those that are not available never; the last one's reason remains", async () => {
  const last = new ShapeUnsupported("WASM's");
  const { tried, error } = await trainedWith({
    WEBGPU: new EngineUnavailable("the driver broke"),
    NATIVE: new ShapeUnsupported("NATIVE's"),
    WASM: last,
  });
  expect(tried).toEqual(["WEBGPU", "NATIVE", "WASM"]);
  expect(error).toBe(last);
});

test("an engine whose device is lost is opened anew, and that is told", async () => {
  const { tried, changes, error } = await trainedWith({ WEBGPU: [new DeviceLost("reset by its driver")] });
  expect(tried).toEqual(["WEBGPU", "WEBGPU"]);
  expect(changes).toEqual(["WEBGPU -> WEBGPU on WEBGPU device: reset by its driver"]);
  expect(error).toBeUndefined();
});

test("a device that is lost a third time is not opened again: the next fastest engine goes on", async () => {
  const { tried, reports } = await trainedWith({ WEBGPU: new DeviceLost("reset by its driver") });
  expect(tried).toEqual(["WEBGPU", "WEBGPU", "WEBGPU", "NATIVE"]);
  expect(reports).toEqual([done]);
});

test("a device that was lost and stays away hands over at once", async () => {
  const failures = { WEBGPU: [new DeviceLost("unplugged"), new EngineUnavailable("no GPU was found")] };
  expect((await trainedWith(failures)).tried).toEqual(["WEBGPU", "WEBGPU", "NATIVE"]);
});

test("where every device is lost again and again, the training ends with the loss", async () => {
  const lost = new DeviceLost("reset by its driver");
  const { tried, error } = await trainedWith({ WEBGPU: lost, NATIVE: lost, WASM: lost });
  expect(tried).toHaveLength(9);
  expect(error).toBe(lost);
});

test("any other failure is the run's own, and no engine hides it", async () => {
  const bug = new Error("a mistake of ours");
  expect(await trainedWith({ WEBGPU: bug })).toMatchObject({ tried: ["WEBGPU"], changes: [], error: bug });
});
