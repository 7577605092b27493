/** Small pieces of WGSL that several kernels share. */
import { dropoutThreshold } from "../randomness.ts";

/** `count` pieces of code, from the first, 0, on. */
export const each = (count: number, piece: (i: number) => string, joint = "\n  ") =>
  Array.from({ length: count }, (_, i) => piece(i)).join(joint);

/** A float literal. */
export const f32 = (value: number) => `${Math.fround(value)}f`;

/** Threads of a kernel that does one thing to each element. */
export const threadsPerWorkgroup = 64;
/** Below the 65,535 workgroups that every device starts along one dimension. */
const mostAlongX = 32_768;

export const groupsFor = (elements: number) => Math.ceil(elements / threadsPerWorkgroup);

/** So many workgroups along x and y, and the WGSL of a workgroup's index among them; there may be some more. */
export function grid(groups: number) {
  const x = Math.min(groups, mostAlongX);
  return { groups: [x, Math.ceil(groups / x)] as const, index: `group.y * ${x}u + group.x` };
}

/** The head of every kernel's entry point. Sets the private variable `model`. */
export const main = (threads: number, model = "group.z") => `
var<private> model: u32;
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  model = ${model};`;

/**
 * `Rows`: one number for each of the rows that a workgroup handles together, as one vector, so that a weight is
 * read once for all of them.
 */
export const rowsType = (rows: number) => (rows === 1 ? "f32" : `vec${rows}f`);

/** WGSL to read `column` of consecutive rows of a row-major buffer as `Rows`: `fn <name>Rows(row, column)`. */
export function readRows(name: string, rows: number, columns: string, size: string): string {
  return `
fn ${name}Rows(row: u32, column: u32) -> Rows {
  let at = model * ${size} + row * ${columns} + column;
  return Rows(${each(rows, (i) => `${name}[at + ${i}u * ${columns}]`, ", ")});
}`;
}

/** The reverse: `fn set<Name>Rows(row, column, values)`. */
export function writeRows(name: string, rows: number, columns: string, size: string): string {
  const value = (i: number) => (rows === 1 ? "values" : `values[${i}]`);
  return `
fn set${name[0]!.toUpperCase()}${name.slice(1)}Rows(row: u32, column: u32, values: Rows) {
  let at = model * ${size} + row * ${columns} + column;
  ${each(rows, (i) => `${name}[at + ${i}u * ${columns}] = ${value(i)};`)}
}`;
}

/**
 * The gates' activations. Both are written with exp(-|x|), which cannot overflow: WGSL leaves infinities to the
 * driver, and some drivers' own tanh answers NaN for large arguments, or has 11 bits only. NaN stays NaN.
 */
export const activations = `
fn sigmoid(x: Rows) -> Rows {
  let e = exp(-abs(x));
  return select(e, Rows(1.0), x >= Rows(0.0)) / (Rows(1.0) + e);
}
fn tangent(x: Rows) -> Rows {
  let e = exp(-2.0 * abs(x));
  let magnitude = (Rows(1.0) - e) / (Rows(1.0) + e);
  return select(-magnitude, magnitude, x >= Rows(0.0));
}`;

/** By the bits: a compiler may assume that NaN does not occur and drop x != x. */
export const finiteness = `
fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}`;

/** Inverted dropout: WGSL that makes 0 or 1 / (1 - rate) of a random word. */
export const keepOf = (word: string, rate: number) =>
  `select(0.0, ${f32(1 / (1 - rate))}, ${word} >= ${dropoutThreshold(rate)}u)`;

/**
 * The words that ../randomness.ts draws masks from: `dropoutWords(layer, call, row)` are the four of units call, call + Q,
 * call + 2Q, call + 3Q.
 */
export const dropoutWords = `
fn dropoutWords(layer: u32, call: u32, row: u32) -> vec4u {
  let key = vec2u(models[model].keyLow, models[model].keyHigh);
  return philox(vec4u(call | (layer << 16u), row, slice.batch, slice.epoch), key);
}
// Philox4x32-10 (Salmon et al., SC 2011), as ../philox.ts has it.
fn philox(start: vec4u, startKey: vec2u) -> vec4u {
  var x = start;
  var key = startKey;
  for (var round = 0u; round < 10u; round++) {
    x = vec4u(
      highWord(0xcd9e8d57u, x.z) ^ x.y ^ key.x, 0xcd9e8d57u * x.z,
      highWord(0xd2511f53u, x.x) ^ x.w ^ key.y, 0xd2511f53u * x.x,
    );
    key += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return x;
}
// WGSL has no 64-bit product.
fn highWord(a: u32, b: u32) -> u32 {
  let middle = (a >> 16u) * (b & 0xffffu) + (((a & 0xffffu) * (b & 0xffffu)) >> 16u);
  let carry = (a & 0xffffu) * (b >> 16u) + (middle & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (middle >> 16u) + (carry >> 16u);
}`;
