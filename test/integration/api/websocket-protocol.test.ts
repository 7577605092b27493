/** Who may open a socket, and which mistakes end one: the close codes of docs/LIVE.md. */
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createFakeServices } from "../../support/fake-services.ts";

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi(createFakeServices());
});
afterEach(() => api.close());

/** The outcome of an upgrade: open, or the status that refused it. */
const upgrade = (url: string, headers: Record<string, string> = {}): Promise<number | "open"> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, "graphql-transport-ws", { headers });
    socket.once("open", () => {
      socket.close();
      resolve("open");
    });
    socket.once("unexpected-response", (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.once("error", reject);
  });

test("a program and a page of this host may open a socket, a page of another site may not", async () => {
  const url = api.endpoint.replace("http", "ws");
  expect(await upgrade(url)).toBe("open");
  expect(await upgrade(url, { origin: api.url })).toBe("open");
  expect(await upgrade(url, { origin: "https://prices.example" })).toBe(403);
  expect(await upgrade(url, { origin: "null" })).toBe(403);
});

test("there are no sockets at other addresses", async () => {
  expect(await upgrade(`${api.url.replace("http", "ws")}/elsewhere`)).toBe(404);
});

const init = '{"type":"connection_init"}';
const subscribe = '{"id":"1","type":"subscribe","payload":{"query":"subscription { runChanges { id } }"}}';
const liveProtocol = ["graphql-transport-ws"];
test.each([
  { mistake: "what is no JSON", protocols: liveProtocol, atOnce: ["hello"], code: 4400 },
  {
    mistake: "a subscription before the acknowledgement",
    protocols: liveProtocol,
    atOnce: [subscribe],
    code: 4401,
  },
  { mistake: "no subprotocol", protocols: [], atOnce: [], code: 4406 },
  { mistake: "silence", protocols: liveProtocol, atOnce: [], code: 4408 },
  {
    mistake: "an id that is in use",
    protocols: liveProtocol,
    atOnce: [init],
    afterAnswer: [subscribe, subscribe],
    code: 4409,
  },
  { mistake: "a second greeting", protocols: liveProtocol, atOnce: [init, init], code: 4429 },
])(
  "$mistake ends a socket with $code, as docs/LIVE.md says",
  async ({ protocols, atOnce, afterAnswer, code }) => {
    const socket = new WebSocket(api.endpoint.replace("http", "ws"), protocols);
    const closed = new Promise((resolve) => socket.once("close", resolve));
    const send = (messages: readonly string[] = []) => {
      for (const message of messages) socket.send(message);
    };
    socket.once("open", () => send(atOnce));
    socket.once("message", () => send(afterAnswer));
    expect(await closed).toBe(code);
    expect(readFileSync("docs/LIVE.md", "utf8")).toContain(`| ${code} |`);
  },
);
