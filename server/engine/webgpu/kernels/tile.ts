/**
 * The one matrix product of the engine: a workgroup makes a tile of 32 x 32 sums, a thread 4 x 4 of them, and
 * both operands pass through workgroup memory. A kernel that multiplies adds three functions:
 *
 *   fn left(row: u32, inner: u32) -> f32      fn right(inner: u32, column: u32) -> f32     (0 outside)
 *   fn store(row: u32, column: u32, sum: f32)                                              (nothing outside)
 */
export const tileSize = 32;
export const tileThreads = 64;
/** Steps of the sum that pass through workgroup memory at once, at most. */
export const deepestTile = 16;

export interface TileOptions {
  /** Length of the sums. */
  readonly inner: number;
  /** In which direction neighbours of an operand lie side by side in memory: neighbouring threads read along it. */
  readonly leftAlong: "inner" | "rows";
  readonly rightAlong: "inner" | "columns";
}

/**
 * WGSL of `multiply`: adds up inner = innerFrom .. innerTo - 1 for the tile at (row, column), and stores it.
 * innerTo - innerFrom is a multiple of `deepestTile`, or ends where `left` and `right` are 0.
 */
export function tile({ inner, leftAlong, rightAlong }: TileOptions): string {
  const depth = Math.min(deepestTile, Math.ceil(inner / 4) * 4);
  // Vector i of an operand's tile: which step of the sum, and which four rows or columns.
  const place = (along: string) =>
    along === "inner" ? `vec2u(i % ${depth}u, i / ${depth}u)` : "vec2u(i / 8u, i % 8u)";
  return `
const DEPTH = ${depth}u;
// Eight vectors and one of padding: so that threads next to each other in depth write to different banks.
const PITCH = 9u;
var<workgroup> leftTile: array<vec4f, DEPTH * PITCH>;
var<workgroup> rightTile: array<vec4f, DEPTH * PITCH>;

fn multiply(lane: u32, row: u32, column: u32, innerFrom: u32, innerTo: u32) {
  let mine = vec2u(lane / 8u, lane % 8u);
  var sums = array<vec4f, 4>();
  for (var start = innerFrom; start < innerTo; start += DEPTH) {
    for (var i = lane; i < DEPTH * 8u; i += ${tileThreads}u) {
      let a = ${place(leftAlong)};
      let k = start + a.x;
      var values: vec4f;
      for (var r = 0u; r < 4u; r++) { values[r] = left(row + 4u * a.y + r, k); }
      leftTile[a.x * PITCH + a.y] = values;
    }
    for (var i = lane; i < DEPTH * 8u; i += ${tileThreads}u) {
      let b = ${place(rightAlong)};
      let k = start + b.x;
      var values: vec4f;
      for (var c = 0u; c < 4u; c++) { values[c] = right(k, column + 4u * b.y + c); }
      rightTile[b.x * PITCH + b.y] = values;
    }
    workgroupBarrier();
    for (var k = 0u; k < DEPTH; k++) {
      let a = leftTile[k * PITCH + mine.x];
      let b = rightTile[k * PITCH + mine.y];
      sums[0] = fma(vec4f(a.x), b, sums[0]);
      sums[1] = fma(vec4f(a.y), b, sums[1]);
      sums[2] = fma(vec4f(a.z), b, sums[2]);
      sums[3] = fma(vec4f(a.w), b, sums[3]);
    }
    workgroupBarrier();
  }
  for (var r = 0u; r < 4u; r++) {
    for (var c = 0u; c < 4u; c++) { store(row + 4u * mine.x + r, column + 4u * mine.y + c, sums[r][c]); }
  }
}`;
}
