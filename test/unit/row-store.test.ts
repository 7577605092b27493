/** Rows that do not stay in memory come back as they were, and a disk without room is told as that. */
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Row, RowStore, rowColumns } from "../../server/csv/row-store.ts";

let folder: string;
let fd: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatecast-rows-"));
  fd = openSync(join(folder, "rows"), "wx+");
});
afterEach(() => {
  closeSync(fd);
  rmSync(folder, { recursive: true });
});

const rowAt = (at: number): Row =>
  Object.fromEntries(rowColumns.map((column, index) => [column, 1000 * at + index])) as Row;

test("of 1,000 rows only as many stay in memory as may, and all come back in order", () => {
  const scratch = { fd, end: 0 };
  const store = new RowStore(scratch, { rowsPerRun: 100, runsInMemory: 2 });
  for (let at = 0; at < 1000; at++) store.append(rowAt(at));
  const bytesPerRow = 8 * rowColumns.length;
  // Two runs, and the one that is being filled.
  expect(scratch.end).toBe(700 * bytesPerRow);
  const pieces = [...store.pieces()];
  for (const column of rowColumns)
    expect(pieces.flatMap((piece) => [...piece[column]])).toEqual(
      Array.from({ length: 1000 }, (_, at) => rowAt(at)[column]),
    );
});

test.skipIf(!existsSync("/dev/full"))("a disk without room is UNAVAILABLE, and no fault of ours", () => {
  const full = openSync("/dev/full", "r+");
  try {
    const store = new RowStore({ fd: full, end: 0 }, { rowsPerRun: 2, runsInMemory: 0 });
    const fill = () => {
      for (let at = 0; at < 9; at++) store.append(rowAt(at));
    };
    expect(fill).toThrow(expect.objectContaining({ code: "UNAVAILABLE" }));
  } finally {
    closeSync(full);
  }
});
