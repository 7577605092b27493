/** Price files are read beside the event loop, and a thread that ends takes one import with it. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterEach, expect, test } from "vitest";
import { readCsvBars } from "../../server/csv/read-bars.ts";
import { type ReaderThreads, readerThreads } from "../../server/csv/thread/reader-threads.ts";

let readers: ReaderThreads | null = null;
afterEach(async () => {
  await readers?.close();
  readers = null;
});
const open = (entry?: URL): ReaderThreads => {
  readers = readerThreads(entry);
  return readers;
};

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

test("a thread says what reading here would say, and refuses with the same error", async () => {
  const { read } = open();
  const options = {
    timezone: "America/New_York",
    columns: Object.assign(Object.create(null), { time: "Date" }),
  };
  expect(await read(small, options)).toEqual(await readCsvBars(small, options));
  await expect(read("Date,Close\n1,2", { timezone: "UTC" })).rejects.toMatchObject({
    code: "BAD_USER_INPUT",
    field: "csv",
  });
  const several = `Ticker,${header}\nA,2020-01-02,1,1,1,1,5\nB,2020-01-02,1,1,1,1,5`;
  await expect(read(several, { timezone: "UTC" })).rejects.toMatchObject({ choices: ["A", "B"] });
});

test("the event loop answers within 50 ms while 300,000 rows are read", async () => {
  const { read } = open();
  const text = minutes(300_000);
  await read(small, { timezone: "UTC" });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.enable();
  const { bars } = await read(text, { timezone: "UTC" });
  delay.disable();
  expect(bars.time.length).toBe(300_000);
  expect(delay.max / 1e6).toBeLessThan(50);
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
  await expect(gone).rejects.toThrow("the client left");
  await expect(queued).rejects.toThrow("left the queue");
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
