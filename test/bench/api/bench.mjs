/**
 * Measures what the dashboard and other programs ask of the API: charts and pages of long series, lists, a run, the start of
 * one, its forecasts, imports; and how long its event loop was held up meanwhile. Prints; asserts nothing. Usage:
 * npm run bench:api [-- --bars 1000000,10000000 --times 40 --imports 3]. Last, how much memory long files take.
 *
 * Three processes, loopback only: the embedded PostgreSQL, the API, and this one.
 */
import { cpus } from "node:os";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { from as copyFrom } from "pg-copy-streams";
import { readCsvBars } from "../../../dist/server/csv/read-bars.js";
import { openSite } from "../live/site.mjs";
import { ask, timed } from "./asking.mjs";
import { copyText, csvOf, finishedRun, minutes } from "./data.mjs";
import { forecasts } from "./forecasts.mjs";

const { values } = parseArgs({
  options: {
    bars: { type: "string", default: "1000000,10000000" },
    times: { type: "string", default: "40" },
    imports: { type: "string", default: "3" },
  },
});
const times = Number(values.times);
const million = 1_000_000;
const named = (symbol) => ({ symbol, name: null, currency: null, timezone: "UTC" });
const perSecond = (rows, ms) => Math.round((1000 * rows) / ms).toLocaleString("en-US");
const preload = fileURLToPath(new URL("loop-delay.mjs", import.meta.url));

const chart = `query ($id: ID!, $from: DateTime, $to: DateTime) {
  priceSeries(id: $id) { chart(from: $from, to: $to, maxPoints: 1000) { time open high low close volume } }
}`;
const page = `query ($id: ID!, $after: String) {
  priceSeries(id: $id) { bars(first: 100, after: $after) { totalCount edges { node { time close } } } }
}`;
const list = `{ runs(first: 100) { totalCount edges { node {
  id name status createdAt epoch priceSeries { symbol } seriesVersion { number } scores { split skill }
} } } }`;
const run = `query ($id: ID!) { run(id: $id) {
  id name status config { epochs window } epochs { epoch trainLoss validationLoss } scores { split skill }
} }`;
const startTraining = `mutation ($id: ID!, $key: String) { startTraining(input: {
  priceSeriesId: $id, epochs: 1, window: 8, testBars: 1000, validationBars: 1000, idempotencyKey: $key
}) { run { id } } }`;
const importing = `mutation ($csv: String!, $symbol: String!, $dryRun: Boolean) {
  importPriceSeries(input: { symbol: $symbol, csv: $csv, dryRun: $dryRun }) { report { rowsAdded } }
}`;

console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}`);
const site = await openSite();
try {
  const api = await site.startApi({ preload, REQUESTS_PER_SECOND: "10000", MAX_WAITING_RUNS: "10000" });
  const answers = [];
  const stored = [];
  for (const bars of values.bars.split(",").map(Number)) {
    const series = await seriesOf(bars, stored);
    // What PostgreSQL still has to write is not what is measured.
    await site.ports.database.pool.query("CHECKPOINT");
    const words = bars.toLocaleString("en-US");
    const { id, firstTime, lastTime } = series;
    const span = lastTime - firstTime;
    const measure = async (what, query) =>
      answers.push(await timed(api, `${what} of ${words} bars`, times, query));
    await measure("chart of all", () => ask(api.url, chart, { id }));
    await measure("chart of a part", (attempt) => {
      // Any part, never on the border of a chunk.
      const share = (attempt % 17) / 40;
      const [from, to] = [firstTime.getTime() + share * span + 1, lastTime.getTime() - share * span - 1];
      return ask(api.url, chart, { id, from: new Date(from).toISOString(), to: new Date(to).toISOString() });
    });
    await measure("first page", () => ask(api.url, page, { id }));
    await measure("a page", (attempt) => {
      const time = firstTime.getTime() + Math.floor((attempt / times) * (span / 60_000)) * 60_000;
      return ask(api.url, page, { id, after: Buffer.from(String(time)).toString("base64url") });
    });
    await measure("start of a run", (attempt) =>
      ask(api.url, startTraining, { id, key: `${bars} ${attempt} ${times}` }),
    );
  }
  const runs = [];
  for (let number = 0; number < 100; number++) runs.push(await finishedRun(site, number));
  answers.push(await timed(api, "list of 100 runs", times, () => ask(api.url, list)));
  answers.push(
    await timed(api, "a run with 50 epochs", times, (attempt) =>
      ask(api.url, run, { id: runs[attempt % 100] }),
    ),
  );
  answers.push(...(await forecasts(site, api, times)));
  console.log("\nanswers over HTTP");
  console.table(answers);
  console.log("\nbars into the database, by the store alone");
  console.table(stored);
  console.log("\nimports of 1,000,000 rows");
  console.table(await imports(api));
  await api.stop();
  console.log("\nfiles by POST /import to a fresh API: its memory at the start, and at the most");
  console.table(await memoryOfFiles());
} finally {
  await site.close();
}

/** By appending a million at a time. */
async function seriesOf(bars, stored) {
  let series = null;
  for (let from = 0; from < bars; from += million) {
    const table = minutes(Math.min(million, bars - from), from);
    const begun = performance.now();
    ({ series } = await site.ports.series.merge(named(`MINUTES ${bars}`), table, { dryRun: false }));
    const ms = performance.now() - begun;
    const rows = table.time.length;
    stored.push({
      "bars before": from,
      "bars added": rows,
      ms: Math.round(ms),
      "bars a second": perSecond(rows, ms),
    });
  }
  return series;
}

async function imports(api) {
  const table = minutes(million);
  const csv = csvOf(table);
  const results = [];
  for (let attempt = 0; attempt < Number(values.imports); attempt++) {
    await api.ask("loop delay");
    const measured = async (what, work) => {
      const begun = performance.now();
      await work();
      const ms = performance.now() - begun;
      const { longestMs } = await api.ask("loop delay");
      results.push({
        what,
        ms: Math.round(ms),
        "rows a second": perSecond(million, ms),
        "loop held up ms": Math.round(longestMs),
      });
    };
    await measured("bare COPY into a bare table", () => bareCopy(table));
    const symbol = `IMPORT ${attempt}`;
    await measured("reading alone, in this thread", () => readCsvBars(csv, { timezone: "UTC" }));
    await measured("import, all new", () => ask(api.url, importing, { symbol, csv }));
    const file = new Blob([csv]);
    await measured("file, all new", () => send(api.url, file, `FILE ${attempt}`, false));
    await measured("file, dry run, all known", () => send(api.url, file, `FILE ${attempt}`, true));
    await measured("import, all known", () => ask(api.url, importing, { symbol, csv }));
    await measured("dry run, all known", () => ask(api.url, importing, { symbol, csv, dryRun: true }));
  }
  return results;
}

/** Growing files, one after the other: what a process keeps of one it has for the next. */
async function memoryOfFiles() {
  // Before the API starts: it closes a connection on which this process, busy with these, is silent.
  const files = [1, 4].map((millions) => {
    const parts = Array.from({ length: millions }, (_, at) => csvOf(minutes(million, at * million)));
    // One header is enough.
    const rows = parts.map((part, at) => (at === 0 ? part : part.slice(part.indexOf("\n") + 1)));
    return { millions, file: new Blob(rows) };
  });
  const api = await site.startApi({ preload });
  const results = [];
  const { mostMegabytes } = await api.ask("loop delay");
  for (const { millions, file } of files) {
    const begun = performance.now();
    await send(api.url, file, `LONG ${millions}`, false);
    const ms = performance.now() - begun;
    const told = await api.ask("loop delay");
    results.push({
      rows: `${millions},000,000`,
      "rows a second": perSecond(millions * million, ms),
      "MB at the start": Math.round(mostMegabytes),
      "MB at the most": Math.round(told.mostMegabytes),
      "loop held up ms": Math.round(told.longestMs),
    });
  }
  await api.stop();
  return results;
}

async function send(url, file, symbol, dryRun) {
  const form = new FormData();
  form.append("symbol", symbol);
  form.append("dryRun", String(dryRun));
  form.append("file", file, "minutes.csv");
  const response = await fetch(`${url}/import`, { method: "POST", body: form });
  const { errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors).slice(0, 500));
}

async function bareCopy(table) {
  const client = await site.ports.database.pool.connect();
  try {
    await client.query(`CREATE TABLE bare (time timestamptz(3), open float8, high float8, low float8, close float8,
      adjusted_close float8, volume float8)`);
    await pipeline(Readable.from(copyText(table)), client.query(copyFrom("COPY bare FROM STDIN")));
    await client.query("DROP TABLE bare");
  } finally {
    client.release();
  }
}
