/**
 * The gradient of all weights of some layers: their panels' tiles, one after the other along x.
 *
 * The sum over steps is cut into `gradientParts` parts, that run beside each other and are added by sum-gradient.ts.
 */
import type { Kernel } from "../kernel.ts";
import type { LayerPlan, Plan } from "../plan.ts";
import { main } from "../wgsl.ts";
import { type Operand, type Panel, panelsOf, tileColumns, tileRows } from "./gradient-panels.ts";
import type { InputPlace } from "./project.ts";
import { deepestTile, tile, tileSize, tileThreads } from "./tile.ts";

/** So many layers' buffers can be bound at once. */
export const mostLayersAtOnce = 2;

/** @param layers with the place of their inputs, in the buffers `input<layer>`. */
export function weightGradient(
  plan: Plan,
  layers: readonly { readonly layer: LayerPlan; readonly input: InputPlace }[],
): Kernel {
  const steps = plan.shape.window * plan.rows;
  const stepsPerPart = Math.ceil(steps / plan.gradientParts / deepestTile) * deepestTile;
  const panels = layers.flatMap(({ layer, input }) => panelsOf(plan, layer, input));
  const tiles = panels.map((panel) => tileRows(panel) * tileColumns(panel));
  const tilesBefore = (panel: number) => tiles.slice(0, panel).reduce((sum, count) => sum + count, 0);
  const perPanel = (code: (panel: Panel, index: number) => string) =>
    `switch panel {
    ${panels.map((panel, i) => `${i === 0 ? "default" : `case ${i}u`}: {\n      ${code(panel, i)}\n    }`).join("\n    ")}
  }`;
  const operands = panels.flatMap(({ left, right }) => [left, right]);
  return {
    label: `weight-gradient ${layers.map(({ layer }) => layer.index).join(" ")}`,
    reads: Object.fromEntries(operands.map(({ buffer, isAligned }) => [buffer, isAligned ? "vec4f" : "f32"])),
    writes: { gradientParts: "f32" },
    constants: { ROWS: plan.rows, STEPS: steps, PARTS: plan.gradientParts, WEIGHTS: plan.weightCount },
    code: `
var<private> panel: u32;
var<private> part: u32;

fn fourLeft(row: u32, step: u32) -> vec4f {
  var four = vec4f();
  if (step >= STEPS) { return four; }
  ${perPanel((panel) => `${four(panel.left, "row", panel.rows)}\n      ${bias(panel)}`)}
  return four;
}
fn fourRight(step: u32, column: u32) -> vec4f {
  var four = vec4f();
  if (step >= STEPS) { return four; }
  ${perPanel(({ right, columns }) => four(right, "column", columns))}
  return four;
}
fn store(row: u32, column: u32, sum: f32) {
  var at = (model * PARTS + part) * WEIGHTS;
  ${perPanel(
    ({
      rows,
      columns,
      pitch,
      at,
      biasAt,
    }) => `if (column >= ${columns}u || row >= ${rows + (biasAt === null ? 0 : 1)}u) { return; }
      at += column + ${biasAt === null ? `${at}u + row * ${pitch}u` : `select(${at}u + row * ${pitch}u, ${biasAt}u, row == ${rows}u)`};`,
  )}
  gradientParts[at] = sum + select(0.0, gradientParts[at], slice.place > 0u);
}
${tile({ inner: steps, leftAlong: "rows", rightAlong: "columns" })}
${main(tileThreads, "group.y / PARTS")}
  part = group.y % PARTS;
  var tileIndex = group.x;
  var across = ${tileColumns(panels[0]!)}u;
  ${panels
    .slice(1)
    .map(
      (next, i) =>
        `if (group.x >= ${tilesBefore(i + 1)}u) { panel = ${i + 1}u; tileIndex = group.x - ${tilesBefore(i + 1)}u; across = ${tileColumns(next)}u; }`,
    )
    .join("\n  ")}
  let start = (group.y % PARTS) * ${stepsPerPart}u;
  let end = min(start + ${stepsPerPart}u, STEPS);
  multiply(lane, tileIndex / across * ${tileSize}u, tileIndex % across * ${tileSize}u, start, end);
}`,
    workgroups: [tilesBefore(panels.length), plan.models * plan.gradientParts, 1],
  };
}

/** WGSL that leaves the operand's numbers `first` .. `first` + 3 in `four`, as far as there are. */
function four({ buffer, isAligned, place }: Operand, first: string, count: number): string {
  if (isAligned) return `if (${first} < ${count}u) { four = ${buffer}[(${place(first)}) / 4u]; }`;
  return [0, 1, 2, 3]
    .map(
      (i) => `if (${first} + ${i}u < ${count}u) { four[${i}] = ${buffer}[${place(`(${first} + ${i}u)`)}]; }`,
    )
    .join("\n      ");
}

const bias = ({ rows, biasAt }: Panel) =>
  biasAt === null ? "" : `if (row <= ${rows}u && ${rows}u < row + 4u) { four[${rows}u - row] = 1.0; }`;
