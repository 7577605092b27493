import { expect, test } from "vitest";
import type { EngineFinding } from "../../server/ports/workers.ts";
import { chooseEngine } from "../../server/services/choose-engine.ts";

const found = (engine: EngineFinding["engine"], batchMs: number | null): EngineFinding => ({
  engine,
  available: batchMs !== null,
  detail: batchMs === null ? "no card was found" : "found",
  device: `${engine} device`,
  batchMs,
});
const findings = [found("WEBGPU", null), found("WASM", 40), found("NATIVE", 9)];

test("AUTO takes the fastest engine that passed its check", () => {
  expect(chooseEngine("AUTO", null, findings)).toEqual({
    engine: "NATIVE",
    device: "NATIVE device",
    warning: null,
  });
});

test("an engine that was named is taken where it is, and replaced with a warning where it is not", () => {
  expect(chooseEngine("WASM", null, findings)).toMatchObject({ engine: "WASM", warning: null });
  expect(chooseEngine("WEBGPU", null, findings)).toMatchObject({
    engine: "NATIVE",
    warning: expect.stringMatching(/WEBGPU was asked for.*no card was found.*NATIVE/),
  });
});

test("a run goes on with the engine that began it, or says that its last digits will differ", () => {
  expect(chooseEngine("AUTO", "WASM", findings)).toMatchObject({ engine: "WASM", warning: null });
  expect(chooseEngine("AUTO", "TENSORFLOW", findings)).toMatchObject({
    engine: "NATIVE",
    warning: expect.stringMatching(/began on TENSORFLOW.*goes on with NATIVE/),
  });
});

test("where nothing can train, nothing is chosen", () => {
  expect(chooseEngine("AUTO", null, [found("WASM", null)])).toBeNull();
});
