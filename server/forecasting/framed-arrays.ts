/**
 * Float32 arrays and what belongs to them as bytes, exact to the last bit. Whoever stores them keeps a checksum beside them.
 *
 *   magic, 8 letters │ version u32 │ length of header u32 │ header, JSON │ 0..3 zeros │ float32 arrays, 4-byte aligned
 *
 * The arrays are equally long. The header also says how many there are, how long they are, and the machine's byte order.
 */
import { endianness } from "node:os";

export interface Format {
  /** Eight letters. */
  readonly magic: string;
  readonly version: number;
  /** For errors: "a checkpoint". */
  readonly name: string;
}

interface Frame {
  readonly arrayCount?: number;
  readonly weightCount: number;
  /** Of the machine that wrote the arrays: LE everywhere but on s390x. */
  readonly endianness: string;
}

/** @throws RangeError when the arrays are not equally long */
export function encodeFramed(format: Format, header: object, arrays: readonly Float32Array[]): Uint8Array {
  const weightCount = arrays[0]?.length ?? 0;
  for (const array of arrays)
    if (array.length !== weightCount)
      throw new RangeError(
        `${format.name}'s arrays must be equally long, got ${array.length} and ${weightCount}`,
      );
  const frame: Frame = { arrayCount: arrays.length, weightCount, endianness: endianness() };
  const json = new TextEncoder().encode(JSON.stringify({ ...header, ...frame }));
  const headerFrom = format.magic.length + 8;
  const arraysFrom = aligned(headerFrom + json.length);
  const bytes = new Uint8Array(arraysFrom + arrays.length * weightCount * 4);
  bytes.set(new TextEncoder().encode(format.magic));
  const view = new DataView(bytes.buffer);
  view.setUint32(format.magic.length, format.version, true);
  view.setUint32(format.magic.length + 4, json.length, true);
  bytes.set(json, headerFrom);
  arrays.forEach((array, index) => {
    const raw = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    bytes.set(raw, arraysFrom + index * raw.length);
  });
  return bytes;
}

/**
 * @param countOf how many arrays a header without `arrayCount` stands for
 * @throws RangeError when the bytes are of another format or version, or are cut short
 */
export function decodeFramed<Header extends object>(
  format: Format,
  bytes: Uint8Array,
  countOf: (header: Header) => number = () => 0,
): { header: Header; arrays: readonly Float32Array[] } {
  const { header, arraysFrom } = readHeader<Header & Frame>(format, bytes);
  const { weightCount, arrayCount = countOf(header) } = header;
  const expected = arraysFrom + arrayCount * weightCount * 4;
  if (bytes.length !== expected)
    throw new RangeError(
      `${format.name} of ${weightCount} weights must have ${expected} bytes, got ${bytes.length}`,
    );
  const arrayAt = (index: number): Float32Array => {
    const array = new Float32Array(weightCount);
    const from = arraysFrom + index * array.byteLength;
    // Copied: the bytes may be a part of a pool, and lie at any offset in it.
    new Uint8Array(array.buffer).set(bytes.subarray(from, from + array.byteLength));
    return array;
  };
  return { header, arrays: Array.from({ length: arrayCount }, (_, index) => arrayAt(index)) };
}

function readHeader<Header extends Frame>(
  { magic, version, name }: Format,
  bytes: Uint8Array,
): { header: Header; arraysFrom: number } {
  const headerFrom = magic.length + 8;
  const text = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  if (bytes.length < headerFrom || text(0, magic.length) !== magic)
    throw new RangeError(`${name} must begin with ${magic}, these ${bytes.length} bytes do not`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(magic.length, true);
  if (found !== version) throw new RangeError(`${name} must be of version ${version}, got ${found}`);
  const headerTo = headerFrom + view.getUint32(magic.length + 4, true);
  if (headerTo > bytes.length)
    throw new RangeError(`${name}'s header must end at byte ${headerTo}, it has ${bytes.length} bytes`);
  const header = JSON.parse(text(headerFrom, headerTo)) as Header;
  if (header.endianness !== endianness())
    throw new RangeError(`${name} must be ${endianness()} on this machine, got ${header.endianness}`);
  return { header, arraysFrom: aligned(headerTo) };
}

const aligned = (offset: number): number => Math.ceil(offset / 4) * 4;
