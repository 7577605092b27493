/**
 * The gradient of all of a layer's weights, summed over every time step of every window: two or three matrix products
 * ("panels") in one dispatch, their tiles one after the other along x.
 *
 *   kernel [I, 3H]          = sum over steps of  input [I]  x  (dz, dr, dn)      bias:          1  x  (dz, dr, dn)
 *   recurrent kernel [H, 3H], reset after:       h [H]      x  (dz, dr, dq)      its bias:      1  x  (dz, dr, dq)
 *                             reset before:      h [H]      x  (dz, dr),   r * h  x  dn
 *
 * The sum over steps is cut into `gradientParts` parts, that run beside each other and are added by sum-gradient.ts.
 */
import type { Kernel } from "../kernel.ts";
import type { LayerPlan, Plan } from "../plan.ts";
import { main } from "../wgsl.ts";
import type { InputPlace } from "./project.ts";
import { deepestTile, tile, tileSize, tileThreads } from "./tile.ts";

interface Panel {
  /** Of the kernel; the bias, where there is one, is the row after the last, and its left side is 1. */
  readonly rows: number;
  readonly columns: number;
  readonly left: Operand;
  readonly right: Operand;
  /** The first weight of the first row. */
  readonly at: number;
  readonly biasAt: number | null;
}

interface Operand {
  readonly buffer: "input" | "hidden" | "gates";
  /** WGSL of a row's or column's place at `step`. */
  place(rowOrColumn: string): string;
}

export function weightGradient(plan: Plan, layer: LayerPlan, input: InputPlace): Kernel {
  const { inputs, units } = layer;
  const steps = plan.shape.window * plan.rows;
  const panels = panelsOf(plan, layer);
  const tiles = panels.map((panel) => tileRows(panel) * tileColumns(panel));
  const tilesBefore = (panel: number) => tiles.slice(0, panel).reduce((sum, count) => sum + count, 0);
  // Four neighbours are read as one vector where they begin at a multiple of four, whatever the step.
  const typeOf = (width: number) => (width % 4 === 0 ? "vec4f" : "f32");
  const types = { input: typeOf(inputs), hidden: typeOf(units), gates: typeOf(units) };
  const four = ({ buffer, place }: Operand, first: string, count: number) =>
    types[buffer] === "vec4f"
      ? `if (${first} < ${count}u) { four = ${buffer}[(${place(first)}) / 4u]; }`
      : [0, 1, 2, 3]
          .map(
            (i) =>
              `if (${first} + ${i}u < ${count}u) { four[${i}] = ${buffer}[${place(`(${first} + ${i}u)`)}]; }`,
          )
          .join("\n      ");
  const bias = ({ rows, biasAt }: Panel) =>
    biasAt === null ? "" : `if (row <= ${rows}u && ${rows}u < row + 4u) { four[${rows}u - row] = 1.0; }`;
  const perPanel = (code: (panel: Panel, index: number) => string) =>
    `switch panel {
    ${panels.map((panel, i) => `${i === 0 ? "default" : `case ${i}u`}: {\n      ${code(panel, i)}\n    }`).join("\n    ")}
  }`;
  return {
    label: `weight-gradient ${layer.index}`,
    reads: types,
    writes: { gradientParts: "f32" },
    constants: {
      ROWS: plan.rows,
      STEPS: steps,
      INPUTS: inputs,
      INPUT_SIZE: input.size,
      INPUT_AT: input.at,
      UNITS: units,
      PARTS: plan.gradientParts,
      STEPS_PER_PART: Math.ceil(steps / plan.gradientParts / deepestTile) * deepestTile,
      WEIGHTS: plan.weightCount,
    },
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
  var at = row * 3u * UNITS + column;
  ${perPanel(
    ({
      rows,
      columns,
      at,
      biasAt,
    }) => `if (column >= ${columns}u || row >= ${rows + (biasAt === null ? 0 : 1)}u) { return; }
      at = ${biasAt === null ? `at + ${at}u` : `select(at + ${at}u, ${biasAt}u + column, row == ${rows}u)`};`,
  )}
  at += (model * PARTS + part) * WEIGHTS;
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
  let start = (group.y % PARTS) * STEPS_PER_PART;
  let end = min(start + STEPS_PER_PART, STEPS);
  multiply(lane, tileIndex / across * ${tileSize}u, tileIndex % across * ${tileSize}u, start, end);
}`,
    workgroups: [tilesBefore(panels.length), plan.models * plan.gradientParts, 1],
  };
}

const tileRows = ({ rows, biasAt }: Panel) => Math.ceil((rows + (biasAt === null ? 0 : 1)) / tileSize);
const tileColumns = ({ columns }: Panel) => Math.ceil(columns / tileSize);

function panelsOf({ shape }: Plan, layer: LayerPlan): readonly Panel[] {
  const { inputs, units, kernelAt, biasAt, recurrentAt, recurrentBiasAt } = layer;
  const slopes = "(model * STEPS + step) * 4u * UNITS";
  const seen: Operand = {
    buffer: "input",
    place: (row) => `model * INPUT_SIZE + INPUT_AT + step * INPUTS + ${row}`,
  };
  const state: Operand = {
    buffer: "hidden",
    place: (row) => `(model * (STEPS + ROWS) + step) * UNITS + ${row}`,
  };
  const slopesFrom = (gate: number): Operand => ({
    buffer: "gates",
    place: (column) => `${slopes} + ${gate}u * UNITS + ${column}`,
  });
  const ofInput = {
    rows: inputs,
    columns: 3 * units,
    left: seen,
    right: slopesFrom(0),
    at: kernelAt,
    biasAt,
  };
  const recurrent = {
    rows: units,
    left: state,
    right: slopesFrom(0),
    at: recurrentAt,
    biasAt: recurrentBiasAt,
  };
  if (!shape.resetAfter)
    return [
      ofInput,
      { ...recurrent, columns: 2 * units },
      {
        ...recurrent,
        columns: units,
        left: slopesFrom(3),
        right: slopesFrom(2),
        at: recurrentAt + 2 * units,
      },
    ];
  // dq, not dn: the fourth gate's place instead of the third's.
  const withSum: Operand = {
    buffer: "gates",
    place: (column) => `${slopes} + ${column} + select(0u, UNITS, ${column} >= 2u * UNITS)`,
  };
  return [ofInput, { ...recurrent, columns: 3 * units, right: withSum }];
}
