/** A worker that starts again on the same machine need not check and time its engines again, unless in doubt. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Engine, EngineUnavailable } from "../../server/engine/engine.ts";
import { WasmEngine } from "../../server/engine/wasm/wasm-engine.ts";
import { probe } from "../../server/machine/catalogue.ts";
import {
  fingerprint,
  openProbeMemory,
  type ProbeMemory,
  writeOnly,
} from "../../server/machine/probe-memory.ts";

const hourMs = 60 * 60 * 1000;
let folder: string;
let clock: number;
let created: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatecast-memory-"));
  clock = 1_000 * hourMs;
  created = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const memory = (installation = "this one") => openProbeMemory(folder, installation, () => clock);

/** WebAssembly under the name of any device, counting the models that were asked of it. */
async function load(device = "a card, driver 1"): Promise<Engine> {
  const wasm = new WasmEngine({ threads: 1 });
  return {
    name: "WEBGPU",
    device,
    createModel: (...args) => {
      created++;
      return wasm.createModel(...args);
    },
    createModels: (...args) => wasm.createModels(...args),
    dispose: () => wasm.dispose(),
  };
}
const wrong = async (): Promise<Engine> => ({
  ...(await load()),
  createModel: (shape, options) =>
    load().then((engine) => engine.createModel(shape, { ...options, learningRate: 0.9 })),
});
const probed = async (into: ProbeMemory, open = () => load()) => {
  created = 0;
  const report = await probe("WEBGPU", open, into);
  return { report, wasExamined: created > 0 };
};

test("the second start on the same machine has the first one's answer, without checking and timing again", async () => {
  const first = await probed(memory());
  expect(first).toMatchObject({
    wasExamined: true,
    report: { available: true, device: "a card, driver 1", batchMs: expect.any(Number) },
  });
  expect(await probed(memory())).toEqual({ report: first.report, wasExamined: false });
});

test("another driver, another installation, and a week each ask anew", async () => {
  await probed(memory());
  expect(await probed(memory(), () => load("a card, driver 2"))).toMatchObject({ wasExamined: true });
  expect(await probed(memory("newly built"))).toMatchObject({ wasExamined: true });
  expect(await probed(memory())).toMatchObject({ wasExamined: false });
  clock += 7 * 24 * hourMs;
  expect(await probed(memory())).toMatchObject({ wasExamined: true });
});

test("an engine that went away is missing at once, whatever is remembered of it", async () => {
  await probed(memory());
  const gone = () => Promise.reject(new EngineUnavailable("no card was found"));
  expect(await probed(memory(), gone)).toMatchObject({
    report: { available: false, detail: "no card was found" },
  });
  expect(await probed(memory())).toMatchObject({ wasExamined: false, report: { available: true } });
});

test("an engine that computed wrongly is tried again after a day", async () => {
  const refused = await probed(memory(), wrong);
  expect(refused.report).toMatchObject({
    available: false,
    batchMs: null,
    detail: expect.stringContaining("computes wrongly"),
  });
  clock += 23 * hourMs;
  expect(await probed(memory())).toEqual({ report: refused.report, wasExamined: false });
  clock += hourMs;
  expect(await probed(memory())).toMatchObject({ report: { available: true }, wasExamined: true });
});

test("who asks afresh is answered afresh, and others have the new answer", async () => {
  await probed(memory(), wrong);
  expect(await probed(writeOnly(memory()))).toMatchObject({ wasExamined: true, report: { available: true } });
  expect(await probed(memory())).toMatchObject({ wasExamined: false, report: { available: true } });
});

test.each([
  ["half a file", '{"a": {"available": tr'],
  ["no list", "null"],
  ["other things", '{"a": 1, "b": {"available": true, "batchMs": "fast"}}'],
])("a memory that holds %s is a memory of nothing, and mends itself", async (_, text) => {
  writeFileSync(join(folder, "engines.json"), text);
  expect(await probed(memory())).toMatchObject({ wasExamined: true });
  expect(await probed(memory())).toMatchObject({ wasExamined: false });
  expect(readdirSync(folder)).toEqual(["engines.json"]);
});

test("where nothing can be written every start asks anew, and nothing fails", async () => {
  writeFileSync(join(folder, "file"), "");
  const nowhere = () => openProbeMemory(join(folder, "file", "below"), "this one");
  expect(await probed(nowhere())).toMatchObject({ report: { available: true } });
  expect(await probed(nowhere())).toMatchObject({ wasExamined: true });
});

test("this installation is recognised", () => {
  expect(fingerprint()).toBe(fingerprint());
  expect(fingerprint()).toMatch(/^[0-9a-f]{32}$/);
});
