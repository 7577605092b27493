/**
 * A product with a matrix that stays in the registers of a workgroup, for kernels that multiply with the same one step
 * after step: reading it again each time, from whatever cache, took most of their time.
 *
 *   out [R, C] = in [R, I] x matrix [I, C]
 *
 * A thread holds four neighbouring columns (its `group`) of `depth` rows (its `share`), and adds up its part of each
 * sum; the parts of the shares meet in workgroup memory.
 */

export interface HeldMatrix {
  /** I: the length of the sums. */
  readonly inner: number;
  /** C */
  readonly columns: number;
  /** Rows of the matrix in a thread: a multiple of 4. */
  readonly depth: number;
  /** Quarters of the columns, and parts of the sums: a thread for each pair. */
  readonly groups: number;
  readonly shares: number;
}

/** What one workgroup can have. */
export interface Registers {
  /** 32-bit ones, of a workgroup. */
  readonly perWorkgroup: number;
  readonly perThread: number;
  readonly threads: number;
}

/** Registers that a thread needs besides the matrix: by what fits on an NVIDIA H100 without spilling. */
const sparePerThread = 48;
const deepest = 48;

/** How to hold it at the least cost, or null where it does not fit. */
export function holdMatrix(inner: number, columns: number, registers: Registers): HeldMatrix | null {
  const groups = Math.ceil(columns / 4);
  let best: { matrix: HeldMatrix; cost: number } | null = null;
  for (let depth = 4; depth <= deepest; depth += 4) {
    const shares = Math.ceil(inner / depth);
    const threads = wholeWarps(groups * shares);
    const perThread = 4 * depth + sparePerThread;
    if (threads > registers.threads || perThread > registers.perThread) continue;
    if (threads * perThread > registers.perWorkgroup) continue;
    const cost = costOf(threads, depth, shares, columns);
    if (!best || cost < best.cost) best = { matrix: { inner, columns, depth, groups, shares }, cost };
  }
  return best?.matrix ?? null;
}

export const threadsOf = ({ groups, shares }: HeldMatrix) => groups * shares;
const wholeWarps = (threads: number) => Math.ceil(threads / 32) * 32;

/** Cycles of a product, about: 128 sums and 32 words of workgroup memory a cycle, and a thread's own chain. */
function costOf(threads: number, depth: number, shares: number, columns: number): number {
  const sums = (threads * 4 * depth) / 128;
  const words = (threads * (depth + 4)) / 32 + (shares * columns) / 32;
  return sums + words + 4 * depth;
}

/**
 * WGSL of a held matrix. The kernel defines `fn <name>At(inner: u32, column: u32) -> f32`, which is 0 outside.
 * @param rows R.
 */
export function heldMatrix(name: string, { depth, groups, shares, columns }: HeldMatrix, rows: number) {
  const steps = Array.from({ length: depth }, (_, k) => k);
  const padded = shares * depth;
  return {
    declarations: `
var<workgroup> ${name}In: array<f32, ${rows * padded}>;
var<workgroup> ${name}Parts: array<vec4f, ${rows * shares * groups}>;
// Where input i of a row lies in ${name}In.
fn ${name}Place(row: u32, i: u32) -> u32 { return row * ${padded}u + i; }
fn ${name}Out(row: u32, column: u32) -> f32 {
  var sum = 0.0;
  for (var share = 0u; share < ${shares}u; share++) {
    sum += ${name}Parts[(row * ${shares}u + share) * ${groups}u + column / 4u][column % 4u];
  }
  return sum;
}
fn ${name}Held(inner: u32, column: u32) -> vec4f {
  return vec4f(${[0, 1, 2, 3].map((c) => `${name}At(inner, column + ${c}u)`).join(", ")});
}`,
    /** Once, in the kernel's body: fetches the thread's part and clears the inputs. */
    load: `
  let ${name}Group = lane % ${groups}u;
  let ${name}Share = lane / ${groups}u;
  let ${name}First = ${name}Share * ${depth}u;
  ${steps.map((k) => `let ${name}${k} = ${name}Held(${name}First + ${k}u, 4u * ${name}Group);`).join("\n  ")}
  for (var i = lane; i < ${rows * padded}u; i += THREADS) { ${name}In[i] = 0.0; }
  for (var i = lane; i < ${rows * shares * groups}u; i += THREADS) { ${name}Parts[i] = vec4f(); }`,
    /** Each thread's part; `${name}Out` gives the sums after the next barrier. */
    multiply: `
    if (${name}Share < ${shares}u) {
      for (var r = 0u; r < ${rows}u; r++) {
        let at = ${name}Place(r, ${name}First);
        var sum = vec4f();
        ${steps.map((k) => `sum = fma(vec4f(${name}In[at + ${k}u]), ${name}${k}, sum);`).join("\n        ")}
        ${name}Parts[(r * ${shares}u + ${name}Share) * ${groups}u + ${name}Group] = sum;
      }
    }`,
    columns,
  };
}
