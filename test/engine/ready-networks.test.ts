/** Networks that wait in the API's process for whoever wants a forecast. */
import { setImmediate } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { EngineUnavailable, type ModelShape } from "../../server/engine/engine.ts";
import { initialWeights } from "../../server/engine/initial-weights.ts";
import { NativeEngine } from "../../server/engine/native/native-engine.ts";
import { WasmEngine } from "../../server/engine/wasm/wasm-engine.ts";
import { readyNetworks } from "../../server/machine/ready-networks.ts";
import { LinearEngine } from "../support/linear-engine.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
const given = (...loaders: Parameters<typeof readyNetworks>) => {
  const networks = readyNetworks(...loaders);
  closing.push(networks.close);
  return networks;
};

const layersOf = (...units: number[]) => units.map((one) => ({ units: one, dropout: 0.2 }));
const standard: ModelShape = {
  features: 1,
  window: 60,
  horizon: 1,
  layers: layersOf(80, 100),
  resetAfter: true,
};
const networkOf = async (shape: ModelShape, seed: number) => ({
  shape,
  weights: await initialWeights(shape, seed),
});
const windowsOf = ({ window, features }: ModelShape, count: number) => ({
  rows: Float32Array.from({ length: (window + count - 1) * features }, (_, i) => Math.sin(i)),
  starts: Int32Array.from({ length: count }, (_, i) => i),
});

const differenceOf = (one: Float32Array, other: Float32Array) =>
  Math.max(...one.map((value, at) => Math.abs(value - other[at]!)));

test("a network says what the engine that trains says, to a float's last digits, for any number of windows", async () => {
  const networks = given();
  const network = await networkOf({ ...standard, features: 3, horizon: 4 }, 5);
  const engine = new WasmEngine({ threads: 1 });
  const model = await engine.createModel(network.shape, { batchSize: 64, learningRate: 0.001, seed: 1 });
  await model.restore({ ...(await model.snapshot()), weights: network.weights });
  for (const count of [1, 7, 9, 30]) {
    const windows = windowsOf(network.shape, count);
    const said = await networks.predict("a", () => network, windows);
    const expected = await model.predict(windows);
    expect(said).toHaveLength(4 * count);
    expect(differenceOf(said, expected)).toBeLessThan(1e-5);
  }
  await model.dispose();
});

test("it is brought once, and a failure to bring it is not kept", async () => {
  const networks = given();
  const network = await networkOf(standard, 1);
  let brought = 0;
  const bring = async () => {
    if (++brought === 1) throw new Error("the database is away");
    return network;
  };
  await expect(networks.predict("a", bring, windowsOf(standard, 1))).rejects.toThrow("away");
  await Promise.all([1, 2, 3].map(() => networks.predict("a", bring, windowsOf(standard, 1))));
  expect(brought).toBe(2);
});

test("weights of another shape are refused", async () => {
  const networks = given();
  const network = await networkOf(standard, 1);
  const wrong = { ...network, weights: network.weights.subarray(1) };
  await expect(networks.predict("a", () => wrong, windowsOf(standard, 1))).rejects.toThrow(RangeError);
});

test("where no native engine loads, WebAssembly predicts", async () => {
  const without = given([
    () => {
      throw new EngineUnavailable("it is not built");
    },
    () => new WasmEngine({ threads: 1 }),
  ]);
  const network = await networkOf(standard, 2);
  const [one, other] = await Promise.all(
    [without, given()].map((networks) => networks.predict("a", () => network, windowsOf(standard, 2))),
  );
  expect(differenceOf(one!, other!)).toBeLessThan(1e-5);
});

test("calls for one network take turns, also while another takes its place, which gives memory back", async () => {
  const engine = new LinearEngine();
  const networks = given([() => engine]);
  const shape = { ...standard, window: 2, layers: layersOf(1) };
  const network = () => ({ shape, weights: Float32Array.of(1, 2, 3) });
  let [inHand, most] = [0, 0];
  engine.beforePrediction = async () => {
    most = Math.max(most, ++inHand);
    await new Promise((resolve) => setTimeout(resolve, 1));
    inHand--;
  };
  const windows = { rows: Float32Array.of(1, 1), starts: Int32Array.of(0) };
  const said = await Promise.all([1, 2, 3, 4].map(() => networks.predict("first", network, windows)));
  expect(said).toEqual(said.map(() => Float32Array.of(6)));
  expect(most).toBe(1);
  const all = Array.from({ length: 40 }, (_, i) => networks.predict(`run ${i}`, network, windows));
  await Promise.all([...all, networks.predict("first", network, windows)]);
  await expect.poll(() => engine.openModels).toBe(32);
});

test("predicting does not hold up the event loop, however many windows", async () => {
  const networks = given([() => new NativeEngine({ threads: 1 })]);
  const network = await networkOf(standard, 3);
  await networks.predict("a", () => network, windowsOf(standard, 1));
  let isSaid = false;
  const said = networks
    .predict("a", () => network, windowsOf(standard, 1500))
    .finally(() => {
      isSaid = true;
    });
  let turns = 0;
  for (; !isSaid; turns++) await setImmediate();
  expect(await said).toHaveLength(1500);
  // Computed on this thread it would have had a few.
  expect(turns).toBeGreaterThan(500);
});
