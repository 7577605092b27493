/**
 * The one matrix product of the engine: a workgroup makes a tile of 64 x 64 sums, a thread 8 x 4 of them. Both operands
 * pass through workgroup memory, and are read from the large memory a step before they are needed. A kernel that
 * multiplies adds three functions:
 *
 *   fn fourLeft(row: u32, inner: u32) -> vec4f         of rows row .. row + 3            (0 outside)
 *   fn fourRight(inner: u32, column: u32) -> vec4f     of columns column .. column + 3   (0 outside)
 *   fn store(row: u32, column: u32, sum: f32)                                            (nothing outside)
 */
import { each } from "../wgsl.ts";

export const tileSize = 64;
export const tileThreads = 128;
/** Steps of the sum that pass through workgroup memory at once, at most. */
export const deepestTile = 16;

/** `fourLeft` from `fn left(row: u32, inner: u32) -> f32`, for operands whose rows do not lie side by side. */
export const fourLeft = `
fn fourLeft(row: u32, k: u32) -> vec4f {
  return vec4f(left(row, k), left(row + 1u, k), left(row + 2u, k), left(row + 3u, k));
}`;
/** `fourRight` from `fn right(inner: u32, column: u32) -> f32`, likewise. */
export const fourRight = `
fn fourRight(k: u32, column: u32) -> vec4f {
  return vec4f(right(k, column), right(k, column + 1u), right(k, column + 2u), right(k, column + 3u));
}`;

export interface TileOptions {
  /** Length of the sums. */
  readonly inner: number;
  /** In which direction neighbours of an operand lie side by side in memory: neighbouring threads read along it. */
  readonly leftAlong: "inner" | "rows";
  readonly rightAlong: "inner" | "columns";
}

/** Four sums side by side are a vector: so many of them in a tile's row. */
const vectors = tileSize / 4;

/**
 * WGSL of `multiply`: adds up inner = innerFrom .. innerTo - 1 for the tile at (row, column), and stores it.
 * innerTo - innerFrom is a multiple of `deepestTile`, or ends where the operands are 0.
 *
 * With 8 x 8 sums a thread, and half as many threads, an H100 took a fifth longer.
 */
export function tile({ inner, leftAlong, rightAlong }: TileOptions): string {
  const depth = Math.min(deepestTile, Math.ceil(inner / 8) * 8);
  const loads = (depth * vectors) / tileThreads;
  // Vector i of an operand's tile: which step of the sum, and which four rows or columns.
  const place = (along: string, load: number) => {
    const i = `(lane + ${load * tileThreads}u)`;
    return along === "inner"
      ? `vec2u(${i} % ${depth}u, ${i} / ${depth}u)`
      : `vec2u(${i} / ${vectors}u, ${i} % ${vectors}u)`;
  };
  return `
const DEPTH = ${depth}u;
// A vector of padding: so that threads next to each other in depth write to different banks.
const PITCH = ${vectors + 1}u;
var<workgroup> leftTile: array<vec4f, DEPTH * PITCH>;
var<workgroup> rightTile: array<vec4f, DEPTH * PITCH>;

fn multiply(lane: u32, row: u32, column: u32, innerFrom: u32, innerTo: u32) {
  let rowVector = lane / ${vectors}u * 2u;
  let columnVector = lane % ${vectors}u;
  ${each(loads, (i) => `let a${i} = ${place(leftAlong, i)};\n  let b${i} = ${place(rightAlong, i)};`, "\n  ")}
  ${each(loads, (i) => `var nextLeft${i} = fourLeft(row + 4u * a${i}.y, innerFrom + a${i}.x);`, "\n  ")}
  ${each(loads, (i) => `var nextRight${i} = fourRight(innerFrom + b${i}.x, column + 4u * b${i}.y);`, "\n  ")}
  ${each(8, (r) => `var sums${r} = vec4f();`, "\n  ")}
  for (var start = innerFrom; start < innerTo; start += DEPTH) {
    ${each(loads, (i) => `leftTile[a${i}.x * PITCH + a${i}.y] = nextLeft${i};`, "\n    ")}
    ${each(loads, (i) => `rightTile[b${i}.x * PITCH + b${i}.y] = nextRight${i};`, "\n    ")}
    workgroupBarrier();
    let next = start + DEPTH;
    if (next < innerTo) {
      ${each(loads, (i) => `nextLeft${i} = fourLeft(row + 4u * a${i}.y, next + a${i}.x);`, "\n      ")}
      ${each(loads, (i) => `nextRight${i} = fourRight(next + b${i}.x, column + 4u * b${i}.y);`, "\n      ")}
    }
    for (var k = 0u; k < DEPTH; k++) {
      let upper = leftTile[k * PITCH + rowVector];
      let lower = leftTile[k * PITCH + rowVector + 1u];
      let across = rightTile[k * PITCH + columnVector];
      ${each(8, (r) => `sums${r} = fma(vec4f(${r < 4 ? "upper" : "lower"}[${r % 4}]), across, sums${r});`, "\n      ")}
    }
    workgroupBarrier();
  }
  let firstRow = row + 4u * rowVector;
  let firstColumn = column + 4u * columnVector;
  ${each(8, (r) => each(4, (c) => `store(firstRow + ${r}u, firstColumn + ${c}u, sums${r}[${c}]);`, " "), "\n  ")}
}`;
}
