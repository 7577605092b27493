/** Who may ask, by which name: a page that was led here by its own name may not, an operator's proxy may. */
import { request as httpRequest } from "node:http";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Access } from "../../../server/http/doors/access.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createFakeServices } from "../../support/fake-services.ts";

let api: TestApi;
afterEach(() => api.close());

async function givenApi(access: Partial<Access> = {}): Promise<void> {
  api = await startTestApi(createFakeServices(), undefined, { access });
}

/** fetch sets Host and Origin itself. */
function send(path: string, headers: Record<string, string>, body?: string) {
  return new Promise<{ status: number; text: string; retryAfter?: string }>((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const sent = httpRequest(`${api.url}${path}`, { method, headers }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      const retryAfter = response.headers["retry-after"];
      resolve({ status: response.statusCode ?? 0, text, retryAfter });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

const upgrade = (headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(api.endpoint.replace("http", "ws"), "graphql-transport-ws", { headers });
    socket.once("open", () => {
      socket.close();
      resolve(101);
    });
    socket.once("unexpected-response", (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.once("error", reject);
  });

const json = { "content-type": "application/json" };
const cancel = JSON.stringify({
  query: 'mutation { cancelTraining(runId: "x") { run { id } } }',
});
const look = JSON.stringify({ query: "{ viewer { name } }" });
const codesOf = ({ text }: { text: string }) =>
  JSON.parse(text).errors?.map(({ extensions }: { extensions: { code: string } }) => extensions.code);

test("a name that the server does not go by is refused everywhere but at /health, with the setting that would allow it", async () => {
  await givenApi();
  const host = "evil.example:4000";
  const headers = { host, origin: `http://${host}` };
  const asked = await send("/graphql", { ...json, ...headers }, cancel);
  expect([asked.status, codesOf(asked)]).toEqual([421, ["FORBIDDEN"]]);
  expect(asked.text).toContain("ALLOWED_HOSTS");
  const page = await send("/series", headers);
  expect([page.status, page.text]).toEqual([421, expect.stringContaining('"evil.example:4000"')]);
  expect(await upgrade(headers)).toBe(421);
  expect((await send("/health", headers)).status).toBe(200);
});

test.each(["localhost", "LOCALHOST:4000", "127.0.0.1", "127.0.0.1:8080", "[::1]:4000"])(
  "the machine's own names are its names whatever the port: %s",
  async (host) => {
    await givenApi();
    expect((await send("/graphql", { ...json, host }, look)).status).toBe(200);
  },
);

test("names that an operator lists are allowed, with their port where one is named", async () => {
  await givenApi({ allowedHosts: ["box", "gru.example.net:8443"] });
  const statusAs = async (host: string) => (await send("/graphql", { ...json, host }, look)).status;
  expect(await statusAs("box:1234")).toBe(200);
  expect(await statusAs("gru.example.net:8443")).toBe(200);
  expect(await statusAs("gru.example.net")).toBe(421);
  expect(await statusAs("box.evil.example")).toBe(421);
});

test("a * allows every name", async () => {
  await givenApi({ allowedHosts: null });
  expect((await send("/graphql", { ...json, host: "any.example" }, look)).status).toBe(200);
});

test("a foreign page's mutation is refused, a program's and the own page's are not", async () => {
  await givenApi();
  const foreign = await send("/graphql", { ...json, origin: "https://evil.example" }, cancel);
  expect([foreign.status, codesOf(foreign)]).toEqual([403, ["FORBIDDEN"]]);
  for (const origin of ["null", `${api.url}.evil.example`, "http://127.0.0.1:1"])
    expect(codesOf(await send("/graphql", { ...json, origin }, cancel)), origin).toEqual(["FORBIDDEN"]);
  expect(codesOf(await send("/graphql", { ...json, origin: api.url }, cancel))).toEqual(["NOT_FOUND"]);
  expect(codesOf(await send("/graphql", json, cancel))).toEqual(["NOT_FOUND"]);
  expect((await send("/graphql", { ...json, origin: "https://evil.example" }, look)).status).toBe(200);
});

// The page is https://gru.example.net, Host is the server's own.
const behindProxy = { host: "127.0.0.1:4000", origin: "https://gru.example.net" };

test("behind a proxy that keeps its own Host, the page learns what is wrong until PUBLIC_URL says where it is", async () => {
  await givenApi();
  expect(await upgrade(behindProxy)).toBe(403);
  const why = await send("/graphql/live", { ...behindProxy, "content-length": "0" }, "");
  expect([why.status, codesOf(why)]).toEqual([403, ["FORBIDDEN"]]);
  expect(why.text).toMatch(/https:\/\/gru.example.net.*PUBLIC_URL/);
});

test("behind a proxy that keeps its own Host, PUBLIC_URL makes the page's live connection and mutations work", async () => {
  await givenApi({ publicUrl: "https://gru.example.net" });
  expect(await upgrade(behindProxy)).toBe(101);
  expect((await send("/graphql/live", behindProxy, "")).status).toBe(204);
  expect(codesOf(await send("/graphql", { ...json, ...behindProxy }, cancel))).toEqual(["NOT_FOUND"]);
  const passedOn = { host: "gru.example.net", origin: "https://gru.example.net" };
  expect(await upgrade(passedOn)).toBe(101);
  expect(await upgrade({ ...behindProxy, origin: "https://evil.example" })).toBe(403);
});

test("an address that asks too often is told when to come back; others and the machine itself are not stopped", async () => {
  await givenApi({ publicUrl: "https://gru.example.net", requestsPerSecond: 1 });
  const ask = (address: string) => send("/graphql", { ...json, "x-forwarded-for": address }, look);
  const statuses: number[] = [];
  for (let i = 0; i < 12; i++) statuses.push((await ask("10.9.9.9, 203.0.113.5")).status);
  expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
  const refused = await ask("203.0.113.5");
  expect(codesOf(refused)).toEqual(["LIMIT_EXCEEDED"]);
  expect(Number(refused.retryAfter)).toBeGreaterThanOrEqual(1);
  expect(await upgrade({ "x-forwarded-for": "203.0.113.5" })).toBe(429);
  expect((await ask("203.0.113.6")).status).toBe(200);
  for (let i = 0; i < 30; i++) expect((await send("/graphql", json, look)).status).toBe(200);
});

test("operations on a socket count like requests, and the refusal says when to come back", async () => {
  await givenApi({ publicUrl: "https://gru.example.net", requestsPerSecond: 1 });
  const headers = { "x-forwarded-for": "203.0.113.5" };
  const socket = new WebSocket(api.endpoint.replace("http", "ws"), "graphql-transport-ws", { headers });
  const errors: unknown[] = [];
  const refused = new Promise((resolve) =>
    socket.on("message", (data) => {
      const { type, id, payload } = JSON.parse(String(data));
      if (type === "error") errors.push([id, payload[0].extensions]);
      if (errors.length === 3) resolve(null);
    }),
  );
  await new Promise((resolve) => socket.once("open", resolve));
  socket.send('{"type":"connection_init"}');
  await new Promise((resolve) => socket.once("message", resolve));
  // The upgrade was the first of ten.
  for (let id = 1; id <= 12; id++)
    socket.send(JSON.stringify({ id: `${id}`, type: "subscribe", payload: JSON.parse(look) }));
  await refused;
  const extensions = { code: "LIMIT_EXCEEDED", retryAfterMs: expect.any(Number) };
  expect(errors).toEqual(["10", "11", "12"].map((id) => [id, extensions]));
  socket.terminate();
});

test("an address holds so many sockets at a time, and another one once it closes one", async () => {
  await givenApi({ publicUrl: "https://gru.example.net", connectionsPerAddress: 2 });
  const open = (address: string) =>
    new Promise<WebSocket | number>((resolve) => {
      const headers = { "x-forwarded-for": address };
      const socket = new WebSocket(api.endpoint.replace("http", "ws"), "graphql-transport-ws", { headers });
      socket.once("open", () => resolve(socket));
      socket.on("error", () => {});
      socket.once("unexpected-response", (_, response) => resolve(response.statusCode ?? 0));
    });
  const first = (await open("203.0.113.5")) as WebSocket;
  await open("203.0.113.5");
  expect(await open("203.0.113.5")).toBe(429);
  expect(await open("203.0.113.6")).toBeInstanceOf(WebSocket);
  first.close();
  await expect.poll(() => open("203.0.113.5")).toBeInstanceOf(WebSocket);
});
