/**
 * The matrix products ("panels") that make up the gradient of a layer's weights, summed over the time steps of all windows:
 *
 *   kernel [I, 3H]          = sum over steps of  input [I]  x  (dz, dr, dn)      bias:          1  x  (dz, dr, dn)
 *   recurrent kernel [H, 3H], reset after:       h [H]      x  (dz, dr, dq)      its bias:      1  x  (dz, dr, dq)
 *                             reset before:      h [H]      x  (dz, dr),   r * h  x  dn
 */
import type { LayerPlan, Plan } from "../plan.ts";
import type { InputPlace } from "./project.ts";
import { tileSize } from "./tile.ts";

export interface Panel {
  /** Of the kernel; the bias, where there is one, is the row after the last, and its left side is 1. */
  readonly rows: number;
  readonly columns: number;
  readonly left: Operand;
  readonly right: Operand;
  /** From one row of weights to the next. */
  readonly pitch: number;
  /** The first weight of the first row. */
  readonly at: number;
  readonly biasAt: number | null;
}

export interface Operand {
  readonly buffer: string;
  /** Whether four neighbours begin at a multiple of four, whatever the step: then they are read as one vector. */
  readonly isAligned: boolean;
  /** WGSL of a row's or column's place at `step`. */
  place(rowOrColumn: string): string;
}

export const tileRows = ({ rows, biasAt }: Panel) => Math.ceil((rows + (biasAt === null ? 0 : 1)) / tileSize);
export const tileColumns = ({ columns }: Panel) => Math.ceil(columns / tileSize);

/** @param input of the layer, in the buffer `input<layer>`. */
export function panelsOf({ shape }: Plan, layer: LayerPlan, input: InputPlace): readonly Panel[] {
  const { index, inputs, units, kernelAt, biasAt, recurrentAt, recurrentBiasAt } = layer;
  const isAligned = units % 4 === 0;
  const seen: Operand = {
    buffer: `input${index}`,
    isAligned: inputs % 4 === 0,
    place: (row) => `model * ${input.size}u + ${input.at}u + step * ${inputs}u + ${row}`,
  };
  const state: Operand = {
    buffer: `hidden${index}`,
    isAligned,
    place: (row) => `(model * (STEPS + ROWS) + step) * ${units}u + ${row}`,
  };
  const slopesFrom = (gate: number): Operand => ({
    buffer: `gates${index}`,
    isAligned,
    place: (column) => `(model * STEPS + step) * ${4 * units}u + ${gate * units}u + ${column}`,
  });
  const pitch = 3 * units;
  const ofInput = {
    rows: inputs,
    columns: pitch,
    left: seen,
    right: slopesFrom(0),
    pitch,
    at: kernelAt,
    biasAt,
  };
  const recurrent = {
    rows: units,
    left: state,
    right: slopesFrom(0),
    pitch,
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
    ...slopesFrom(0),
    place: (column) => `${slopesFrom(0).place(column)} + select(0u, ${units}u, ${column} >= ${2 * units}u)`,
  };
  return [ofInput, { ...recurrent, columns: pitch, right: withSum }];
}
