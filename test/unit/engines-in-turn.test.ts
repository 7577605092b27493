import { expect, test } from "vitest";
import type { EngineName } from "../../server/domain/run.ts";
import { DeviceLost, EngineUnavailable, ShapeUnsupported } from "../../server/engine/engine.ts";
import type { EngineFinding } from "../../server/ports/workers.ts";
import { enginesInTurn } from "../../server/worker/engines-in-turn.ts";

const found = (engine: EngineName, batchMs: number | null): EngineFinding => ({
  engine,
  available: batchMs !== null,
  detail: "",
  device: `${engine} device`,
  batchMs,
});
const engines = [found("WASM", 40), found("WEBGPU", 1), found("TENSORFLOW", null), found("NATIVE", 9)];

/** Trains where engines throw what `failures` says of them: each of a list once, in its order. */
function trainedWith(
  failures: Partial<Record<EngineName, Error | Error[]>>,
  first: EngineName = "WEBGPU",
): { tried: EngineName[]; changes: string[]; error: Error | null } {
  const tried: EngineName[] = [];
  const changes: string[] = [];
  const turns = enginesInTurn(engines, first);
  for (;;) {
    tried.push(turns.current);
    const failure = failures[turns.current];
    const error = (Array.isArray(failure) ? failure.shift() : failure) ?? null;
    const change = error && turns.goOnAfter(error);
    if (!change) return { tried, changes, error };
    changes.push(
      `${change.gaveUp} -> ${change.next.engine} on ${change.next.device}: ${change.reason.message}`,
    );
  }
}

test("an engine that can train the model trains it, and no other is asked", () => {
  expect(trainedWith({})).toEqual({
    tried: ["WEBGPU"],
    changes: [],
    error: null,
  });
});

test("a model too large for the card goes to the next fastest engine, and that is told", () => {
  expect(trainedWith({ WEBGPU: new ShapeUnsupported("too large") })).toEqual({
    tried: ["WEBGPU", "NATIVE"],
    changes: ["WEBGPU -> NATIVE on NATIVE device: too large"],
    error: null,
  });
});

test("each engine is tried once, those that are not available never; the last one's reason remains", () => {
  const last = new ShapeUnsupported("WASM's");
  const { tried, error } = trainedWith({
    WEBGPU: new EngineUnavailable("the driver broke"),
    NATIVE: new ShapeUnsupported("NATIVE's"),
    WASM: last,
  });
  expect(tried).toEqual(["WEBGPU", "NATIVE", "WASM"]);
  expect(error).toBe(last);
});

test("an engine whose device is lost is opened anew, and that is told", () => {
  const { tried, changes, error } = trainedWith({ WEBGPU: [new DeviceLost("reset by its driver")] });
  expect(tried).toEqual(["WEBGPU", "WEBGPU"]);
  expect(changes).toEqual(["WEBGPU -> WEBGPU on WEBGPU device: reset by its driver"]);
  expect(error).toBeNull();
});

test("a device that is lost a third time is not opened again: the next fastest engine goes on", () => {
  const { tried, error } = trainedWith({ WEBGPU: new DeviceLost("reset by its driver") });
  expect(tried).toEqual(["WEBGPU", "WEBGPU", "WEBGPU", "NATIVE"]);
  expect(error).toBeNull();
});

test("a device that was lost and stays away hands over at once", () => {
  const failures = { WEBGPU: [new DeviceLost("unplugged"), new EngineUnavailable("no GPU was found")] };
  expect(trainedWith(failures).tried).toEqual(["WEBGPU", "WEBGPU", "NATIVE"]);
});

test("where every device is lost again and again, the training ends with the loss", () => {
  const lost = new DeviceLost("reset by its driver");
  const { tried, error } = trainedWith({ WEBGPU: lost, NATIVE: lost, WASM: lost });
  expect(tried).toHaveLength(9);
  expect(error).toBe(lost);
});

test("any other failure is the run's own, and no engine hides it", () => {
  const bug = new Error("a mistake of ours");
  expect(trainedWith({ WEBGPU: bug })).toMatchObject({ tried: ["WEBGPU"], changes: [], error: bug });
});
