/**
 * A product with a matrix that stays in the registers of a workgroup, for kernels that multiply with the same one step
 * after step: reading it again each time, from whatever cache, took most of their time.
 *
 *   out [R, U] = in [R, I] x matrix [I, U]          each number of the matrix one for each of G gates
 *
 * L neighbouring lanes of a subgroup share the sums of `width` units: each holds `depth` rows of their columns. What the
 * lanes have summed they add up by halves, so that at the end each lane has one unit of one row whole (or, where there
 * are fewer than lanes, several lanes have the same). Nothing but the input passes through workgroup memory, in two
 * copies that take turns, so that a step needs one barrier.
 */
import { each } from "../wgsl.ts";

export interface HeldMatrix {
  /** I: the length of the sums. */
  readonly inner: number;
  readonly units: number;
  readonly gates: 1 | 3;
  /** R: rows that are multiplied at once, 1, 2 or 4. */
  readonly rows: number;
  readonly lanes: number;
  readonly width: number;
  readonly depth: number;
}

/** What one workgroup can have. */
export interface Registers {
  /** 32-bit ones, of a workgroup and of a thread. */
  readonly perWorkgroup: number;
  readonly perThread: number;
  readonly threads: number;
  /** Neighbouring threads that can exchange numbers. */
  readonly subgroup: number;
}

/** What a thread needs besides the matrix and its sums. */
const sparePerThread = 40;

const powersOfTwo = [1, 2, 4, 8, 16, 32];

/**
 * How to hold it at the least cost, or null where it does not fit. Sums are cut into the same lanes for any number of rows,
 * so that they give the same bits.
 */
export function holdMatrix(
  what: Pick<HeldMatrix, "inner" | "units" | "gates" | "rows">,
  registers: Registers,
): HeldMatrix | null {
  const alone = cheapest({ ...what, rows: 1 }, registers, powersOfTwo);
  return alone && cheapest(what, registers, [alone.lanes]);
}

function cheapest(
  what: Pick<HeldMatrix, "inner" | "units" | "gates" | "rows">,
  registers: Registers,
  laneCounts: readonly number[],
): HeldMatrix | null {
  let best: HeldMatrix | null = null;
  for (const lanes of laneCounts)
    for (const width of powersOfTwo) {
      const matrix = { ...what, lanes, width, depth: Math.ceil(what.inner / lanes) };
      if (lanes > registers.subgroup || width * what.rows > lanes || !fits(matrix, registers)) continue;
      if (!best || costOf(matrix) < costOf(best)) best = matrix;
    }
  return best;
}

export const threadsOf = ({ units, width, lanes }: HeldMatrix) => Math.ceil(units / width) * lanes;

/** Of both copies of the input. */
export const bytesOf = ({ rows, lanes, depth }: HeldMatrix) => 4 * 2 * rows * lanes * pitchOf(depth);

/** An odd number, so that lanes that read the same place of their parts hit different banks. */
const pitchOf = (depth: number) => depth | 1;

const warpsOf = (matrix: HeldMatrix) => Math.ceil(threadsOf(matrix) / 32);

function fits(matrix: HeldMatrix, { threads, perThread, perWorkgroup }: Registers): boolean {
  const { width, gates, depth, rows } = matrix;
  const needed = width * gates * (depth + rows) + sparePerThread;
  return threadsOf(matrix) <= threads && needed <= perThread && 32 * warpsOf(matrix) * needed <= perWorkgroup;
}

/** Instructions of a row's step, about: a multiprocessor issues one in a cycle for each of four warps. */
function costOf(matrix: HeldMatrix): number {
  const { width, gates, depth, rows, lanes } = matrix;
  const sums = width * gates * depth;
  const reads = 4 * depth;
  const values = width * rows;
  const exchanges = (4 * gates * (values - 1 + Math.log2(lanes / values))) / rows;
  const perUnit = 80 / rows;
  return Math.max(4, warpsOf(matrix)) * (sums + reads + exchanges + perUnit);
}

/**
 * WGSL of a kernel's held matrix. The kernel defines `fn matrixAt(inner: u32, unit: u32, gate: u32) -> f32` (0 outside), and
 * the constants UNITS and THREADS; it feeds the product by `setInput(turn, row, i, value)`.
 */
export function heldMatrix({ gates, rows, lanes, width, depth }: HeldMatrix) {
  const type = gates === 3 ? "vec3f" : "f32";
  const pitch = pitchOf(depth);
  const copies = lanes / (width * rows);
  const held = (w: number, k: number) => `held${w}_${k}`;
  return {
    declarations: `
var<workgroup> inputs: array<array<array<array<f32, ${pitch}>, ${lanes}>, ${rows}>, 2>;
fn setInput(turn: u32, row: u32, i: u32, value: f32) { inputs[turn][row][i / ${depth}u][i % ${depth}u] = value; }
fn heldAt(inner: u32, unit: u32) -> ${type} {
  return ${type}(${each(gates, (gate) => `matrixAt(inner, unit, ${gate}u)`, ", ")});
}`,
    /**
     * Once, in the kernel's body: fetches the thread's part, clears the inputs, and says which `unit` of which `row`
     * of the workgroup's is the thread's; where several have the same, one of them is the `owner`.
     */
    load: `
  let share = lane % ${lanes}u;
  let firstUnit = lane / ${lanes}u * ${width}u;
  ${each(width, (w) => each(depth, (k) => `let ${held(w, k)} = heldAt(share * ${depth}u + ${k}u, firstUnit + ${w}u);`))}
  for (var i = lane; i < ${2 * rows * lanes * depth}u; i += THREADS) {
    setInput(i / ${rows * lanes * depth}u, i / ${lanes * depth}u % ${rows}u, i % ${lanes * depth}u, 0.0);
  }
  let row = share / ${copies * width}u;
  let unit = min(firstUnit + share / ${copies}u % ${width}u, UNITS - 1u);
  let owner = share % ${copies}u == 0u && firstUnit + share / ${copies}u % ${width}u < UNITS;`,
    /** Leaves in `sum` what the thread's unit gets of the input copy `turn`. */
    multiply: (turn: string) => `
    ${each(rows * width, (v) => `var sum${v} = ${type}();`, "\n    ")}
    ${each(
      rows,
      (r) => `{
      ${each(
        depth,
        (k) => `let x${k} = inputs[${turn}][${r}][share][${k}];
      ${each(width, (w) => `sum${r * width + w} = fma(${type}(x${k}), ${held(w, k)}, sum${r * width + w});`, " ")}`,
        "\n      ",
      )}
    }`,
      "\n    ",
    )}
    ${reduction(rows * width, lanes)}
    let sum = sum0;`,
  };
}

/** Adds up sum0 .. sum<values - 1> over the lanes, and leaves in each lane's sum0 the one that is its own. */
function reduction(values: number, lanes: number): string {
  const lines: string[] = [];
  let left = values;
  for (let mask = lanes / 2; mask >= 1; mask /= 2) {
    if (left === 1) {
      lines.push(`sum0 += subgroupShuffleXor(sum0, ${mask}u);`);
      continue;
    }
    left /= 2;
    lines.push(`let upper${mask} = (share & ${mask}u) != 0u;`);
    for (let i = 0; i < left; i++) {
      const [low, high] = [`sum${i}`, `sum${i + left}`];
      lines.push(
        `${low} = select(${low}, ${high}, upper${mask}) + subgroupShuffleXor(select(${high}, ${low}, upper${mask}), ${mask}u);`,
      );
    }
  }
  return lines.join("\n    ");
}
