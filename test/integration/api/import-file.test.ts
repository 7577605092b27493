/** POST /import: files as a stream, through the same doors as all else, and nothing of them left on the disk. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Conflict, Unavailable } from "../../../server/domain/errors.ts";
import type { PriceSeries } from "../../../server/domain/price-series.ts";
import type { Services } from "../../../server/services/services.ts";
import { openUploads } from "../../../server/uploads/uploads.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createFakeServices, type FakeServices } from "../../support/fake-services.ts";

const maxImportBytes = 5_000_000;
let folder: string;
let services: FakeServices;
let api: TestApi;
let asked: Parameters<Services["importPriceSeries"]>[0][];
let signals: (AbortSignal | undefined)[];
let endImports: () => void;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "gatecast-imports-"));
  services = createFakeServices();
  [asked, signals, endImports] = [[], [], () => {}];
  const importPriceSeries: Services["importPriceSeries"] = async (request, signal) => {
    asked.push(request);
    signals.push(signal);
    if (request.symbol === "CONFLICT") throw new Conflict("another zone");
    if (request.symbol === "AWAY") throw new Unavailable("the database does not answer", 3_000);
    if (request.symbol === "WAITS")
      await new Promise<void>((resolve) => {
        const before = endImports;
        endImports = () => {
          before();
          resolve();
        };
      });
    return services.importPriceSeries(request);
  };
  const uploads = openUploads({ importFolder: folder, maxImportBytes });
  api = await startTestApi({ ...services, importPriceSeries }, undefined, {
    uploads,
    patience: { headersMs: 5_000, bodyMs: 1_000, longestBodyMs: 3_000, unreadMs: 5_000 },
  });
});
afterEach(async () => {
  endImports();
  await api.close();
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

const csv = "date,open,high,low,close\n2020-01-01,1,1,1,1\n2020-01-02,1,1,1,1\n";
type Part = [name: string, value: string | Uint8Array, file?: string];
function formOf(...parts: Part[]): FormData {
  const form = new FormData();
  for (const [name, value, file] of parts) {
    if (file !== undefined || typeof value !== "string")
      form.append(name, new Blob([value as never]), file ?? "x.csv");
    else form.append(name, value);
  }
  return form;
}
interface Told {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Record<string, unknown> & {
    readonly errors?: readonly { message: string; extensions: Record<string, unknown> }[];
  };
}
async function send(
  body: FormData | string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<Told> {
  const response = await fetch(`${api.url}/import`, { method: "POST", body: body as never, headers });
  const retryAfter = response.headers.get("retry-after");
  return { status: response.status, retryAfter, body: (await response.json()) as Told["body"] };
}
const errorOf = ({ status, body }: Told) => {
  const [error] = body.errors ?? [];
  return { status, code: error?.extensions.code, field: error?.extensions.field, message: error?.message };
};

test("a file with its options, and the mutation's payload back", async () => {
  const told = await send(
    formOf(
      ["symbol", "ACME"],
      ["columns", '{"time":"date"}'],
      ["headerLine", "1"],
      ["name", ""],
      ["file", csv, "acme.csv"],
    ),
  );
  expect(told.status).toBe(200);
  expect(told.body).toMatchObject({ priceSeries: { symbol: "ACME" }, report: { rowsRead: 2, rowsAdded: 2 } });
  expect(told.body).toMatchObject({
    priceSeries: {
      version: {
        ...{ id: expect.any(String), number: 1, barCount: expect.any(Number) },
        contentHash: (told.body.priceSeries as PriceSeries).contentHash,
      },
    },
  });
  expect(told.body).not.toHaveProperty("upload");
  expect(asked[0]).toMatchObject({ symbol: "ACME", columns: { time: "date" }, headerLine: 1, dryRun: false });
});

test("gzip is unpacked, whatever the file is called", async () => {
  const told = await send(formOf(["symbol", "A"], ["file", gzipSync(csv), "acme.csv"]));
  expect(told.body.report).toMatchObject({ rowsRead: 2 });
});

test("an upload that is kept is read again by its id, each time with other options", async () => {
  const first = await send(
    formOf(["symbol", "A"], ["dryRun", "true"], ["keep", "true"], ["file", csv, "a.csv"]),
  );
  expect(first.body).toMatchObject({
    priceSeries: null,
    report: { rowsRead: 2 },
    upload: expect.any(String),
  });
  const upload = String(first.body.upload);
  const second = await send(formOf(["symbol", "B"], ["upload", upload]));
  expect(second.body).toMatchObject({ priceSeries: { symbol: "B" }, report: { rowsRead: 2 }, upload });
  expect(asked.map(({ symbol, dryRun }) => [symbol, dryRun])).toEqual([
    ["A", true],
    ["B", false],
  ]);
});

test("a refusal of the rows names the upload too, so that an answer needs no second sending", async () => {
  const told = await send(formOf(["symbol", "A"], ["keep", "true"], ["file", "date\n", "a.csv"]));
  expect(errorOf(told)).toMatchObject({ status: 400, code: "BAD_USER_INPUT", field: "csv" });
  expect(told.body.upload).toEqual(expect.any(String));
});

test("an upload that is not kept here is NOT_FOUND, with the way out", async () => {
  const told = errorOf(await send(formOf(["symbol", "A"], ["upload", "0f0e"])));
  expect(told).toMatchObject({ status: 404, code: "NOT_FOUND" });
  expect(told.message).toContain("send the file again");
});

test("only so many uploads are kept: the oldest gives way", async () => {
  const keep = async () =>
    String((await send(formOf(["symbol", "A"], ["keep", "true"], ["file", csv, "a.csv"]))).body.upload);
  const first = await keep();
  const later: string[] = [];
  for (let count = 0; count < 16; count++) later.push(await keep());
  expect((await send(formOf(["symbol", "A"], ["upload", first]))).status).toBe(404);
  expect((await send(formOf(["symbol", "A"], ["upload", later[0]!]))).status).toBe(200);
});

const big = (bytes: number) => `date,open,high,low,close\n${"2020-01-01,1,1,1,1\n".repeat(bytes / 19)}`;

test.each<[string, () => FormData, object]>([
  ["no file", () => formOf(["symbol", "A"]), { status: 400, code: "BAD_USER_INPUT", field: "file" }],
  [
    "no symbol",
    () => formOf(["file", csv, "a.csv"]),
    { status: 400, code: "BAD_USER_INPUT", field: "symbol" },
  ],
  [
    "an unknown field",
    () => formOf(["symbol", "A"], ["color", "red"], ["file", csv, "a"]),
    { status: 400, code: "BAD_USER_INPUT" },
  ],
  [
    "a number that is none",
    () => formOf(["symbol", "A"], ["headerLine", "one"], ["file", csv, "a"]),
    { status: 400, field: "headerLine" },
  ],
  [
    "columns that are no JSON",
    () => formOf(["symbol", "A"], ["columns", "time"], ["file", csv, "a"]),
    { status: 400, field: "columns" },
  ],
  [
    "a flag that is none",
    () => formOf(["symbol", "A"], ["dryRun", "yes"], ["file", csv, "a"]),
    { status: 400, field: "dryRun" },
  ],
  [
    "a field twice",
    () => formOf(["symbol", "A"], ["symbol", "B"], ["file", csv, "a"]),
    { status: 400, field: "body" },
  ],
  [
    "a field after the file",
    () => formOf(["symbol", "A"], ["file", csv, "a"], ["name", "n"]),
    { status: 400, field: "body" },
  ],
  [
    "two files",
    () => formOf(["symbol", "A"], ["file", csv, "a"], ["file", csv, "b"]),
    { status: 400, field: "body" },
  ],
  ["the file as a field", () => formOf(["symbol", "A"], ["csv", csv]), { status: 400, field: "file" }],
  [
    "a field of 20 kB",
    () => formOf(["symbol", "A".repeat(20_000)], ["file", csv, "a"]),
    { status: 400, field: "body" },
  ],
  [
    "a file and an upload",
    () => formOf(["symbol", "A"], ["upload", "x"], ["file", csv, "a"]),
    { status: 400, field: "upload" },
  ],
  [
    "gzip that is cut off",
    () => formOf(["symbol", "A"], ["file", gzipSync(csv).subarray(0, 30), "a"]),
    { status: 400, field: "file" },
  ],
  [
    "gzip that is none",
    () => formOf(["symbol", "A"], ["file", Buffer.from([0x1f, 0x8b, 1, 2, 3]), "a"]),
    { status: 400, field: "file" },
  ],
  [
    "more than may be",
    () => formOf(["symbol", "A"], ["file", big(5_100_000), "a"]),
    { status: 413, code: "LIMIT_EXCEEDED" },
  ],
  [
    "a gzip bomb",
    () => formOf(["symbol", "A"], ["file", gzipSync(Buffer.alloc(500_000_000)), "a"]),
    { status: 413, code: "LIMIT_EXCEEDED" },
  ],
  ["a conflict", () => formOf(["symbol", "CONFLICT"], ["file", csv, "a"]), { status: 409, code: "CONFLICT" }],
  [
    "50 parts",
    () => formOf(...Array.from({ length: 50 }, (_, at): Part => [`f${at}`, "x"]), ["file", csv, "a"]),
    { status: 400, field: "body" },
  ],
])("%s is refused in words, and nothing is kept", async (_, form, expected) => {
  const told = errorOf(await send(form()));
  expect(told).toMatchObject(expected);
  expect(told.message).toEqual(expect.any(String));
  expect(api.logged).toEqual([]);
  if (told.code !== "CONFLICT") expect(asked).toEqual([]);
});

test("what is away answers 503 with a time to come back", async () => {
  const told = await send(formOf(["symbol", "AWAY"], ["file", csv, "a"]));
  expect([told.status, told.retryAfter, told.body.errors?.[0]?.extensions.code]).toEqual([
    503,
    "3",
    "UNAVAILABLE",
  ]);
});

test("other bodies than forms, compressed forms and other methods are refused unread", async () => {
  expect(await send("{}", { "content-type": "application/json" })).toMatchObject({ status: 415 });
  expect(await send("x", { "content-type": "multipart/form-data" })).toMatchObject({ status: 415 });
  const multipart = "multipart/form-data; boundary=x";
  expect(await send("x", { "content-type": multipart, "content-encoding": "gzip" })).toMatchObject({
    status: 415,
  });
  expect(errorOf(await send("no form", { "content-type": multipart }))).toMatchObject({
    status: 400,
    field: "body",
  });
  expect(errorOf(await send("--x\r\n", { "content-type": multipart }))).toMatchObject({
    status: 400,
    field: "body",
  });
  expect((await fetch(`${api.url}/import`)).status).toBe(405);
  expect(asked).toEqual([]);
});

test("a form that ends in the middle of its file is refused", async () => {
  const body = `--x\r\ncontent-disposition: form-data; name="symbol"\r\n\r\nA\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n${csv}`;
  const told = await send(body, { "content-type": "multipart/form-data; boundary=x" });
  expect(errorOf(told)).toMatchObject({ status: 400, code: "BAD_USER_INPUT", field: "body" });
  expect(asked).toEqual([]);
});

test("foreign pages and foreign names are turned away as at /graphql", async () => {
  const form = () => formOf(["symbol", "A"], ["file", csv, "a"]);
  expect((await send(form(), { origin: "https://evil.example" })).status).toBe(403);
  expect((await send(form(), { origin: api.url })).status).toBe(200);
  expect(asked.length).toBe(1);
});

test("two large imports at a time, forms and mutations together; the third is told when to come back", async () => {
  const large = () => formOf(["symbol", "WAITS"], ["file", big(1_500_000), "a"]);
  const first = send(large());
  const query =
    "mutation ($input: ImportPriceSeriesInput!) { importPriceSeries(input: $input) { report { rowsRead } } }";
  const second = api.ask(query, { input: { symbol: "WAITS", csv: big(1_500_000) } });
  await expect.poll(() => asked.length).toBe(2);
  const third = await send(formOf(["symbol", "A"], ["file", big(1_500_000), "a"]));
  expect([third.status, third.retryAfter]).toEqual([503, "5"]);
  expect((await send(formOf(["symbol", "A"], ["file", csv, "a"]))).status).toBe(200);
  endImports();
  expect((await first).status).toBe(200);
  expect((await second).errors).toEqual([]);
  expect((await send(formOf(["symbol", "A"], ["file", big(1_500_000), "a"]))).status).toBe(200);
});

/** A request by hand, to stop in the middle of it. */
function begin(bytes: string) {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  let answer = "";
  socket.on("data", (data) => {
    answer += data;
  });
  const head = ["POST /import HTTP/1.1", "host: 127.0.0.1", "content-type: multipart/form-data; boundary=x"];
  socket.write(`${[...head, "transfer-encoding: chunked"].join("\r\n")}\r\n\r\n`);
  socket.write(`${Buffer.byteLength(bytes).toString(16)}\r\n${bytes}\r\n`);
  return { socket, answer: () => answer };
}
const beginning = `--x\r\ncontent-disposition: form-data; name="symbol"\r\n\r\nA\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n${csv}`;

test("a client that stops in the middle is told so in time, and one that leaves takes its file along", async () => {
  const slow = begin(beginning);
  await expect.poll(slow.answer, { timeout: 5_000 }).toContain("408");
  const leaves = begin(beginning);
  await new Promise((resolve) => setTimeout(resolve, 200));
  leaves.socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(asked).toEqual([]);
  expect(api.logged).toEqual([]);
});

test("who leaves while the file is read ends the reading", async () => {
  const leaving = new AbortController();
  const form = formOf(["symbol", "WAITS"], ["file", csv, "a"]);
  const gone = fetch(`${api.url}/import`, { method: "POST", body: form, signal: leaving.signal }).catch(
    () => "left",
  );
  await expect.poll(() => asked.length).toBe(1);
  leaving.abort();
  expect(await gone).toBe("left");
  await expect.poll(() => signals[0]?.aborted).toBe(true);
  endImports();
  expect(api.logged).toEqual([]);
});
