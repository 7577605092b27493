import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { readLines } from "../../server/supervisor/lines.ts";

const linesIn = async (chunks: Iterable<Buffer>) => {
  const lines: string[] = [];
  const stream = Readable.from(chunks, { objectMode: false });
  readLines(stream, (line) => lines.push(line));
  await new Promise((resolve) => stream.once("close", resolve));
  return lines;
};

test("lines come as they were written, however the pieces were cut", async () => {
  const text = "first\nzweite Zeile mit ü und 价\r\n\nlast";
  const bytes = Buffer.from(text);
  const single = Array.from(bytes, (byte) => Buffer.of(byte));
  const expected = ["first", "zweite Zeile mit ü und 价", "", "last"];
  expect(await linesIn([bytes])).toEqual(expected);
  expect(await linesIn(single)).toEqual(expected);
});

test("300 MB without a line break are read without being kept, and the next line is whole", async () => {
  const piece = Buffer.alloc(1 << 20, "x");
  let most = 0;
  const before = process.memoryUsage().heapUsed;
  function* pieces() {
    for (let i = 0; i < 300; i++) {
      most = Math.max(most, process.memoryUsage().heapUsed - before);
      yield piece;
    }
    yield Buffer.from("\nnext\n");
  }
  const lines = await linesIn(pieces());
  expect(lines).toEqual([
    expect.stringMatching(/^x{16000} … \(\d+ more characters of this line were left out\)$/),
    "next",
  ]);
  expect(most).toBeLessThan(150e6);
});
