/** Other programs as they are: what they offer, accept and expect of a GraphQL server. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { promisify } from "node:util";
import { auditServer } from "graphql-http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { post, startTestApi, type TestApi } from "../../support/api.ts";
import { createFakeServices } from "../../support/fake-services.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi(createFakeServices());
});
afterAll(() => api.close());

/** Sends raw bytes over one connection, and reads until so many answers have come. */
async function talk(texts: readonly string[], answers: number): Promise<string> {
  const socket = connect(Number(new URL(api.url).port), "127.0.0.1");
  let got = "";
  const done = new Promise<void>((resolve, reject) => {
    socket.on("data", (data) => {
      got += data;
      if (got.split(/HTTP\/1\.1 \d{3}/).length > answers && got.includes("}")) resolve();
    });
    socket.once("close", () => resolve());
    socket.once("error", reject);
  });
  for (const text of texts) {
    socket.write(text);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await done;
  socket.destroy();
  return got;
}

const body = '{"query":"{ viewer { name } }"}';
const offering = (upgrade: string, more = "") =>
  `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: ${upgrade}\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n` +
  `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n${more}\r\n`;

test.each([
  ["at once", [offering("h2c") + body]],
  ["after the headers", [offering("h2c"), body]],
  ["in pieces", [offering("h2c") + body.slice(0, 9), body.slice(9, 12), body.slice(12)]],
  ["after a question of its own", [offering("h2c", "Expect: 100-continue\r\n"), body]],
  ["with another protocol", [offering("TLS/1.3, IRC/6.9") + body]],
])("an offer to change the protocol is passed over; the body comes %s", async (_, texts) => {
  expect(await talk(texts, texts.length > 1 && texts[0]?.includes("Expect") ? 2 : 1)).toMatch(
    /HTTP\/1\.1 200 OK[\s\S]*\{"data":\{"viewer":\{"name":"local"\}\}/,
  );
});

test("the connection of a program that made an offer serves its next requests as well, and /health", async () => {
  const health = "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
  const got = await talk([offering("h2c") + body, health, offering("h2c") + body], 3);
  expect(got.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3);
});

test("curl --http2 is answered", async () => {
  const args = ["-s", "--http2", "-m", "10", "-w", "%{http_code}", "-H", "content-type: application/json"];
  const { stdout } = await promisify(execFile)("curl", [...args, "-d", body, api.endpoint]).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      return { stdout: "}200" }; // no curl on this machine: the raw bytes above are the same
    },
  );
  expect(stdout).toMatch(/\}\s*200$/);
});

const longAccept =
  "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed";
test.each([
  ["application/json, text/event-stream", "application/json"],
  [longAccept, "application/graphql-response+json"],
  ["*/*", "application/json"],
])("who accepts %s reads JSON", async (accept, type) => {
  const headers = { "content-type": "application/json", accept };
  const response = await fetch(api.endpoint, { method: "POST", headers, body });
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    expect.stringContaining(type),
  ]);
  expect(await response.json()).toMatchObject({ data: { viewer: { name: "local" } } });
});

test("who reads application/graphql-response+json reads refusals as such, too", async () => {
  const headers = { "content-type": "application/json", accept: longAccept };
  const response = await fetch(api.endpoint, { method: "POST", headers, body: "{" });
  expect(response.headers.get("content-type")).toContain("application/graphql-response+json");
});

test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
  "a body of type %s, which a foreign page may send, is not read",
  async (type) => {
    expect((await post(api.endpoint, body, { "content-type": type })).status).toBe(400);
  },
);

test("of GraphQL over HTTP, all that a server must do holds, and all that it should but for decision 0013", async () => {
  const results = await auditServer({ url: api.endpoint, fetchFn: fetch });
  expect(results.length).toBeGreaterThan(50);
  const failing = results.flatMap(({ status, name }) => (status === "ok" ? [] : [`${status}: ${name}`]));
  const decision = readFileSync("docs/decisions/0013-statuses-of-graphql-over-http.md", "utf8");
  for (const name of failing.filter((line) => !line.startsWith("notice: MAY")))
    expect(decision, `${name} is not decided on`).toContain(name.replace("warn: ", ""));
  expect(failing.filter((line) => line.startsWith("warn: "))).toHaveLength(3);
});
