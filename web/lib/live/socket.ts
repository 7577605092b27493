/** The page's one WebSocket, shared by all subscriptions, and the connection state that it reports to. */
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { type Client, createClient } from "graphql-ws";
import { browserClock } from "./browser-clock.ts";
import { createConnection } from "./connection.ts";
import { endingOf, type LiveError } from "./ending.ts";
import { type Ending, type Following, follow } from "./follow.ts";
import { whyNotLive } from "./why-not-live.ts";

export const connection = createConnection(browserClock);

const pingIntervalMs = 10_000;
// A connection that dies without a word (a laptop lid, a lost network) is noticed when a ping stays unanswered.
const pongTimeoutMs = 5_000;

let shared: Client | null = null;
let awaitingPong: ReturnType<typeof setTimeout> | undefined;
let hasOpened = false;
/** When the server last said anything, in the clock's milliseconds; null before it did. */
let heardAt: number | null = null;
export const lastHeardAt = (): number | null => heardAt;

async function explain(): Promise<void> {
  const state = connection.state();
  connection.explain(await whyNotLive(state.phase === "open" ? 0 : state.attempt));
}

function socketClient(): Client {
  if (shared) return shared;
  shared = createClient({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
    lazy: true,
    // A retried subscription must go on after the newest event seen, so follow() starts each attempt itself.
    retryAttempts: 0,
    keepAlive: pingIntervalMs,
    on: {
      message: () => {
        heardAt = browserClock.now();
      },
      connecting: () => {
        hasOpened = false;
      },
      opened: () => {
        hasOpened = true;
      },
      connected: () => connection.opened(),
      ping: (received) => {
        if (!received) awaitingPong = setTimeout(() => shared?.terminate(), pongTimeoutMs);
      },
      pong: (received) => {
        if (received) clearTimeout(awaitingPong);
      },
      closed: () => {
        clearTimeout(awaitingPong);
        if (!hasOpened) void explain();
      },
    },
  });
  // The browser knows at once what a silent ping tells after fifteen seconds.
  window.addEventListener("offline", () => shared?.terminate());
  window.addEventListener("online", () => connection.tryNow());
  return shared;
}

/** Follows a subscription until it completes; returns the way to stop. */
export function followLive<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: () => Variables,
  handlers: Pick<Following<Data>, "onItem" | "isComplete" | "onRefused" | "onResumed">,
): () => void {
  const query = String(document); // text already, see web/graphql/documents-as-text.ts
  return follow<Data>({
    connection,
    clock: browserClock,
    ...handlers,
    subscribe(onItem) {
      let settle: (ending: Ending) => void;
      const ended = new Promise<Ending>((resolve) => {
        settle = resolve;
      });
      const stop = socketClient().subscribe<Data>(
        { query, variables: variables() },
        {
          next: ({ data, errors }) => {
            if (errors?.length) {
              settle(endingOf(errors as readonly LiveError[]));
              stop();
            } else if (data) onItem(data);
          },
          error: (cause) => settle(Array.isArray(cause) ? endingOf(cause) : { kind: "dropped" }),
          complete: () => settle({ kind: "completed" }),
        },
      );
      return { ended, stop };
    },
  });
}
