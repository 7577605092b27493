/** What the benchmark trains: the standard model, and shapes at both ends of what is promised. */
import { standardOptions, standardShape } from "../../../dist/server/engine/probe.js";

const layers = (count, units) => Array.from({ length: count }, () => ({ units, dropout: 0.2 }));

export const models = [
  // As many windows as the original recipe has.
  { name: "standard", shape: standardShape, options: standardOptions, windows: 2066 },
  {
    name: "wide: 3 x 512 units, batch 256",
    shape: { ...standardShape, layers: layers(3, 512) },
    options: { ...standardOptions, batchSize: 256 },
    windows: 256,
    isSlow: true,
  },
  {
    name: "tiny: 16 units, batch 32",
    shape: { ...standardShape, layers: layers(1, 16) },
    options: { ...standardOptions, batchSize: 32 },
    windows: 2066,
  },
];

/** Floating-point operations of an epoch's matrix products: forward once, backward twice. */
export function productFlops({ shape, windows }) {
  let inputs = shape.features;
  let perStep = 0;
  for (const { units } of shape.layers) {
    perStep += 2 * 3 * units * (inputs + units);
    inputs = units;
  }
  return 3 * perStep * shape.window * windows;
}
