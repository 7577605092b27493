/** WebSockets as clients open, use and misuse them. */
import type { Socket } from "node:net";
import fc from "fast-check";
import { WebSocket } from "ws";
import { anything, hostileText, jsonOf } from "./hostile.ts";
import type { Operation } from "./operations.ts";

type Step =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary"; readonly text: string }
  /** Bytes that no library would send. */
  | { readonly kind: "raw"; readonly hex: string }
  | { readonly kind: "wait" };

export interface SocketCase {
  readonly protocols: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const ids = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("1", "2", "3") },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      "__proto__",
      "constructor",
      "toString",
      "",
      1,
      null,
      {},
      [],
      "x".repeat(1_000),
      "x".repeat(1_001),
    ),
  },
  { weight: 1, arbitrary: hostileText as fc.Arbitrary<unknown> },
);
const follow =
  "subscription ($id: ID!, $after: Int) { trainingEvents(runId: $id, after: $after) { __typename sequence } }";
const documents = fc.constantFrom<object>(
  { query: "{ viewer { name } }" },
  { query: "subscription { runChanges { id status } }" },
  { query: "subscription { runChanges { __proto__: id constructor: name } }" },
  { query: "subscription { runChanges { priceSeries { chart { close } } } }" },
  { query: 'mutation { cancelTraining(runId: "x") { run { id } } }' },
  ...[0, -1, null, 2 ** 31 - 1, 2 ** 31, 2 ** 53, "x", 1.5].map((after) => ({
    query: follow,
    variables: { id: "@run1", after },
  })),
  ...["x", "", "\0", "00000000-0000-4000-8000-000000000001"].map((id) => ({
    query: follow,
    variables: { id },
  })),
  { query: "{" },
  { query: "" },
  { query: 7 },
  { query: "query a { viewer { name } } query b { viewer { name } }" },
  { query: "query a { viewer { name } }", operationName: "__proto__" },
  { query: `{${" ".repeat(100_000)}viewer{name}}` },
  { query: `{ ${"a{".repeat(200)} }` },
  { query: "{ viewer { name } }", variables: JSON.parse('{"__proto__":{"a":1}}') },
  { query: "{ viewer { name } }", variables: [], extensions: "x" },
  {},
);
const message = (operations: fc.Arbitrary<Operation>): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          ids,
          fc.oneof(
            documents,
            operations.map(({ query, variables }) => ({ query, variables })),
          ),
        )
        .map(([id, payload]) => jsonOf({ id, type: "subscribe", payload })),
    },
    { weight: 3, arbitrary: ids.map((id) => JSON.stringify({ id, type: "complete" })) },
    { weight: 1, arbitrary: fc.constant('{"type":"connection_init"}') },
    { weight: 1, arbitrary: anything.map((payload) => jsonOf({ type: "connection_init", payload })) },
    { weight: 2, arbitrary: anything.map((payload) => jsonOf({ type: "ping", payload })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '{"type":"pong"}',
        '{"type":"start"}',
        '{"type":"next","id":"1","payload":{}}',
        '{"type":"error","id":"1","payload":[]}',
        '{"type":"__proto__"}',
        "{}",
        "[]",
        "7",
        "null",
        "{",
        "",
        "\0",
      ),
    },
    { weight: 1, arbitrary: anything.map((value) => jsonOf(value)) },
    { weight: 1, arbitrary: hostileText },
  );

/** Unmasked, reserved bits, an unknown opcode, 2^63 bytes, bad UTF-8, a fragment without a beginning, a long ping. */
const rawFrames = [
  "8105",
  "f18000000000",
  "838000000000",
  "81ff8000000000000000",
  "818200000000c328",
  "808100000000aa",
  "89fe00ff00000000",
  "88820000000003e7",
  "8881000000000f",
  "00",
  "0102",
];

export const socketCases = (operations: fc.Arbitrary<Operation>): fc.Arbitrary<SocketCase> =>
  fc.record({
    protocols: fc.oneof(
      { weight: 12, arbitrary: fc.constant(["graphql-transport-ws"]) },
      { weight: 1, arbitrary: fc.constantFrom([], ["graphql-ws"], ["x"], ["x", "graphql-transport-ws"]) },
    ),
    headers: fc.oneof(
      { weight: 12, arbitrary: fc.constant<Record<string, string>>({}) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Record<string, string>>(
          { origin: "null" },
          { origin: "http://evil.example" },
          { host: "evil.example" },
          { host: "127.0.0.1." },
          { origin: "http://[" },
        ),
      },
    ),
    steps: fc
      .array(
        fc.oneof(
          { weight: 20, arbitrary: message(operations).map((text): Step => ({ kind: "text", text })) },
          { weight: 1, arbitrary: message(operations).map((text): Step => ({ kind: "binary", text })) },
          { weight: 1, arbitrary: fc.constantFrom(...rawFrames).map((hex): Step => ({ kind: "raw", hex })) },
          { weight: 3, arbitrary: fc.constant<Step>({ kind: "wait" }) },
        ),
        { minLength: 1, maxLength: 12 },
      )
      .chain((steps) =>
        fc.constantFrom(
          steps,
          [{ kind: "text", text: '{"type":"connection_init"}' } as Step, ...steps],
          [{ kind: "text", text: '{"type":"connection_init"}' } as Step, { kind: "wait" } as Step, ...steps],
        ),
      ),
  });

export interface Heard {
  readonly messages: readonly string[];
  /** The close code, or the status that refused the upgrade. */
  readonly code: number;
}

const silentMs = 8_000;
const lastPing = '{"type":"ping","payload":{"last":true}}';

/** Plays a case to its end: the server hangs up, or answers a last ping and is left. */
export function converse(
  url: string,
  { protocols, headers, steps }: SocketCase,
  fillIn: (text: string) => string,
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const messages: string[] = [];
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, [...protocols], { headers });
    const silent = setTimeout(() => {
      socket.terminate();
      reject(new Error(`the socket stayed silent; it had said ${JSON.stringify(messages).slice(0, 1_000)}`));
    }, silentMs);
    const end = (code: number) => {
      clearTimeout(silent);
      resolve({ messages, code });
    };
    socket.on("error", () => {});
    socket.once("unexpected-response", (_, response) => {
      response.resume();
      socket.terminate();
      end(response.statusCode ?? 0);
    });
    socket.once("close", end);
    socket.on("message", (data) => {
      const text = String(data);
      messages.push(text);
      if (text.includes('"last":true') && text.includes('"pong"')) socket.close(1000);
    });
    socket.once("open", async () => {
      for (const step of steps) {
        if (socket.readyState !== socket.OPEN) return;
        if (step.kind === "wait") await new Promise((resume) => setTimeout(resume, 15));
        else if (step.kind === "raw") rawOf(socket)?.write(Buffer.from(step.hex, "hex"));
        else socket.send(step.kind === "binary" ? Buffer.from(fillIn(step.text)) : fillIn(step.text));
      }
      // Behind a frame that was begun the server waits for its rest.
      if (steps.some(({ kind }) => kind === "raw")) setTimeout(() => socket.terminate(), 100);
      else if (socket.readyState === socket.OPEN) socket.send(lastPing);
    });
  });
}

const rawOf = (socket: WebSocket): Socket | undefined => (socket as unknown as { _socket?: Socket })._socket;

/** The codes of docs/LIVE.md and of RFC 6455 for what a client does wrong, and its own leaving. */
const fineCodes = new Set([
  1000, 1002, 1005, 1006, 1007, 1009, 4400, 4401, 4406, 4408, 4409, 4429, 400, 403, 421,
]);

/** What is wrong with what was heard; null: nothing. */
export function conversationTrouble({ messages, code }: Heard): string | null {
  if (!fineCodes.has(code)) return `it ended with ${code}`;
  for (const text of messages) {
    const { type, id, payload } = JSON.parse(text) as { type: string; id?: string; payload?: unknown };
    if (!["connection_ack", "connection_error", "next", "error", "complete", "ping", "pong"].includes(type))
      return `a message of type ${type}`;
    if (["next", "error", "complete"].includes(type) && typeof id !== "string")
      return "a message about no operation";
    if (JSON.stringify(payload ?? null).includes("INTERNAL_SERVER_ERROR")) return "a fault of ours";
  }
  return null;
}
