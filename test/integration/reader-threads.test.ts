/** Price files are read beside the event loop, and a thread that ends takes one import with it. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterEach, expect, test } from "vitest";
import type { CsvText } from "../../server/csv/csv-text.ts";
import type { CsvOptions } from "../../server/csv/options.ts";
import { type ReadFile, readCsvHere } from "../../server/csv/read-file.ts";
import { openLine } from "../../server/csv/thread/line.ts";
import { builtEntry, type ReaderThreads, readerThreads } from "../../server/csv/thread/reader-threads.ts";
import type { NewChunk } from "../../server/domain/new-chunk.ts";
import { noVersion } from "../../server/domain/next-version.ts";

let readers: ReaderThreads | null = null;
afterEach(async () => {
  await readers?.close();
  readers = null;
});
function open(entry?: URL) {
  const threads = readerThreads(entry);
  readers = threads;
  return {
    threads,
    /** The report. */
    read: (csv: CsvText, options: CsvOptions, signal?: AbortSignal) =>
      threads.read(csv, options, async ({ report }) => report, signal),
  };
}
const inUtc = { symbol: "ANY", timezone: "UTC" };
/** What comes out of a file for a series that has no bars yet. */
async function woven(file: ReadFile, store: (chunk: NewChunk) => Promise<void> = async () => {}) {
  const chunks: NewChunk[] = [];
  const shelf = {
    read: async () => [],
    store: async (chunk: NewChunk) => {
      await store(chunk);
      chunks.push(chunk);
    },
  };
  const next = await file.barsFor(inUtc).weave({ times: new Float64Array(), version: noVersion }, shelf);
  return { report: file.report, next: { ...next, hashes: hexOf(next.hashes) }, chunks: chunks.map(plain) };
}
const hexOf = (hashes: readonly Uint8Array[]) => hashes.map((hash) => Buffer.from(hash).toString("hex"));
const plain = ({ hash, fields }: NewChunk) => hexOf([hash, fields]);

const header = "Date,Open,High,Low,Close,Volume";
const small = `${header}\n2020-01-02,1,1,1,1,5\n2020-01-03,x,1,1,1,5`;
function minutes(count: number): string {
  const rows = [header];
  for (let at = 0; at < count; at++) {
    const time = new Date(Date.UTC(2020, 0, 1) + at * 60_000).toISOString();
    rows.push(`${time},10,12,9,${(9 + (at % 300) / 100).toFixed(2)},${at}`);
  }
  return rows.join("\n");
}

test("a thread says and makes what is said and made here, and refuses with the same error", async () => {
  const { read, threads } = open();
  const options = {
    timezone: "America/New_York",
    columns: Object.assign(Object.create(null), { time: "Date" }),
  };
  expect(await threads.read(small, options, (file) => woven(file))).toEqual(
    await readCsvHere(small, options, (file) => woven(file)),
  );
  await expect(read("Date,Close\n1,2", { timezone: "UTC" })).rejects.toMatchObject({
    code: "BAD_USER_INPUT",
    field: "csv",
  });
  const several = `Ticker,${header}\nA,2020-01-02,1,1,1,1,5\nB,2020-01-02,1,1,1,1,5`;
  await expect(read(several, { timezone: "UTC" })).rejects.toMatchObject({ choices: ["A", "B"] });
});

test("the event loop is idle while 300,000 rows are read and made into chunks", async () => {
  const { read, threads } = open();
  const text = minutes(300_000);
  await read(small, { timezone: "UTC" });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.enable();
  const before = performance.eventLoopUtilization();
  const { next, chunks } = await threads.read(text, { timezone: "UTC" }, async (file) => {
    const made: NewChunk[] = [];
    const store = async (chunk: NewChunk) => void made.push(chunk);
    const shelf = { read: async () => [], store };
    return {
      next: await file.barsFor(inUtc).weave({ times: new Float64Array(), version: noVersion }, shelf),
      chunks: made,
    };
  });
  const { utilization } = performance.eventLoopUtilization(before);
  delay.disable();
  expect([next.added, chunks.length]).toEqual([300_000, 74]);
  expect(utilization).toBeLessThan(0.5);
  // Measured 10 to 20 ms; a machine that others keep busy has some times that.
  expect(delay.max / 1e6).toBeLessThan(250);
});

test("a thread makes no more chunks than a few before they are stored", async () => {
  const line = openLine(builtEntry, () => {});
  try {
    const bytes = new TextEncoder().encode(minutes(100_000));
    line.say({ kind: "read", source: { bytes }, options: { timezone: "UTC" } });
    expect((await line.hear()).kind).toBe("report");
    const into = { times: new Float64Array(), version: noVersion };
    line.say({ kind: "weave", series: inUtc, into, isStored: true });
    for (let chunk = 0; chunk < 8; chunk++) expect((await line.hear()).kind).toBe("store");
    const ninth = line.hear();
    const soon = new Promise((resolve) => setTimeout(resolve, 200, "nothing came"));
    expect(await Promise.race([ninth, soon])).toBe("nothing came");
    line.say({ kind: "stored", memory: [] });
    expect((await ninth).kind).toBe("store");
  } finally {
    await line.hangUp();
  }
});

test("a chunk's memory leaves this thread once it is stored, and not before", async () => {
  const made: NewChunk[] = [];
  const isStored = (at: number) => at % 3 === 0;
  const store = async (chunk: NewChunk, whenStored?: () => void) => {
    if (isStored(made.push(chunk) - 1)) whenStored?.();
  };
  await open().threads.read(minutes(100_000), { timezone: "UTC" }, (file) =>
    file
      .barsFor(inUtc)
      .weave({ times: new Float64Array(), version: noVersion }, { read: async () => [], store }),
  );
  expect(made).toHaveLength(25);
  expect(made.map(({ fields }) => fields.length === 0)).toEqual(made.map((_, at) => isStored(at)));
});

test("an import that fails while chunks are stored ends the thread that makes more, and the next has another", async () => {
  const { threads, read } = open();
  const broken = threads.read(minutes(100_000), { timezone: "UTC" }, (file) =>
    woven(file, async () => {
      throw new Error("the database went away");
    }),
  );
  await expect(broken).rejects.toThrow("the database went away");
  expect((await read(small, { timezone: "UTC" })).rowsRead).toBe(2);
});

test("who leaves ends his own import only, also while it waits for a thread", async () => {
  const { read } = open();
  const text = minutes(200_000);
  const [leaving, waiting] = [new AbortController(), new AbortController()];
  const gone = read(text, { timezone: "UTC" }, leaving.signal);
  const stays = read(text, { timezone: "UTC" });
  const queued = read(text, { timezone: "UTC" }, waiting.signal);
  const last = read(small, { timezone: "UTC" });
  leaving.abort(new Error("the client left"));
  waiting.abort(new Error("left the queue"));
  const left = await Promise.allSettled([gone, queued]);
  expect(left.map((it) => it.status === "rejected" && it.reason.message)).toEqual([
    "the client left",
    "left the queue",
  ]);
  expect((await stays).rowsRead).toBe(200_000);
  expect((await last).rowsRead).toBe(2);
});

test("a thread that dies fails its import, and the next has another", async () => {
  const dies = `
    import { parentPort } from "node:worker_threads";
    parentPort.on("message", () => process.exit(1));`;
  const { read } = open(new URL(`data:text/javascript,${encodeURIComponent(dies)}`));
  await expect(read(small, { timezone: "UTC" })).rejects.toThrow("ended before it had");
  await expect(read(small, { timezone: "UTC" })).rejects.toThrow("ended before it had");
});

test("reading that takes more memory than a thread may have is refused in words, and the process lives", async () => {
  const grows = `
    import { parentPort } from "node:worker_threads";
    parentPort.on("message", () => { const kept = []; for (;;) kept.push(new Array(1000).fill({})); });`;
  const { read } = open(new URL(`data:text/javascript,${encodeURIComponent(grows)}`));
  await expect(read(small, { timezone: "UTC" })).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
});
