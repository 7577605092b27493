/**
 * A checkpoint as bytes, exact to the last bit. Whoever stores them keeps a checksum beside them.
 *
 *   "GATECKPT" │ version u32 │ length of header u32 │ header, JSON │ 0..3 zeros │ float32 arrays, 4-byte aligned
 *
 * The arrays are weights, first moment, second moment and, where there is a best epoch, its weights: all equally long.
 */
import { endianness } from "node:os";
import type { EpochProgress } from "../engine/engine.ts";
import type { BestEpoch, Checkpoint } from "./training.ts";

const magic = "GATECKPT";
const version = 1;
const headerFrom = magic.length + 8;

interface Header {
  readonly epoch: number;
  readonly progress: EpochProgress;
  readonly elapsedMs: number;
  readonly step: number;
  readonly best: Omit<BestEpoch, "weights"> | null;
  /** Numbers in each array. */
  readonly weightCount: number;
  /** Of the machine that wrote the arrays: LE everywhere but on s390x. */
  readonly endianness: string;
}

export function encodeCheckpoint({ epoch, progress, elapsedMs, state, best }: Checkpoint): Uint8Array {
  const header: Header = {
    epoch,
    progress,
    elapsedMs,
    step: state.step,
    best: best && withoutWeights(best),
    weightCount: state.weights.length,
    endianness: endianness(),
  };
  const arrays = [state.weights, state.firstMoment, state.secondMoment, ...(best ? [best.weights] : [])];
  for (const array of arrays)
    if (array.length !== header.weightCount)
      throw new RangeError(
        `a checkpoint's arrays must be equally long, got ${array.length} and ${header.weightCount}`,
      );

  const json = new TextEncoder().encode(JSON.stringify(header));
  const arraysFrom = aligned(headerFrom + json.length);
  const bytes = new Uint8Array(arraysFrom + arrays.length * header.weightCount * 4);
  bytes.set(new TextEncoder().encode(magic));
  const view = new DataView(bytes.buffer);
  view.setUint32(magic.length, version, true);
  view.setUint32(magic.length + 4, json.length, true);
  bytes.set(json, headerFrom);
  arrays.forEach((array, index) => {
    const raw = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    bytes.set(raw, arraysFrom + index * raw.length);
  });
  return bytes;
}

/** @throws RangeError when the bytes are no checkpoint, are cut short, or come from another version */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { header, arraysFrom } = readHeader(bytes);
  const { epoch, progress, elapsedMs, step, best, weightCount } = header;
  const arrayCount = best ? 4 : 3;
  const expected = arraysFrom + arrayCount * weightCount * 4;
  if (bytes.length !== expected)
    throw new RangeError(
      `a checkpoint of ${weightCount} weights must have ${expected} bytes, got ${bytes.length}`,
    );
  const arrayAt = (index: number): Float32Array => {
    const array = new Float32Array(weightCount);
    const from = arraysFrom + index * array.byteLength;
    // Copied: the bytes may be a part of a pool, and lie at any offset in it.
    new Uint8Array(array.buffer).set(bytes.subarray(from, from + array.byteLength));
    return array;
  };
  return {
    epoch,
    progress,
    elapsedMs,
    state: { weights: arrayAt(0), firstMoment: arrayAt(1), secondMoment: arrayAt(2), step },
    best: best && { ...best, weights: arrayAt(3) },
  };
}

function readHeader(bytes: Uint8Array): { header: Header; arraysFrom: number } {
  const text = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  if (bytes.length < headerFrom || text(0, magic.length) !== magic)
    throw new RangeError(`a checkpoint must begin with ${magic}, these ${bytes.length} bytes do not`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(magic.length, true);
  if (found !== version) throw new RangeError(`a checkpoint must be of version ${version}, got ${found}`);
  const headerTo = headerFrom + view.getUint32(magic.length + 4, true);
  if (headerTo > bytes.length)
    throw new RangeError(`a checkpoint's header must end at byte ${headerTo}, it has ${bytes.length} bytes`);
  const header = JSON.parse(text(headerFrom, headerTo)) as Header;
  if (header.endianness !== endianness())
    throw new RangeError(`a checkpoint must be ${endianness()} on this machine, got ${header.endianness}`);
  return { header, arraysFrom: aligned(headerTo) };
}

const withoutWeights = ({ weights: _, ...best }: BestEpoch): Header["best"] => best;

const aligned = (offset: number): number => Math.ceil(offset / 4) * 4;
