/**
 * The other end of the page's WebSocket, in the hands of a test: it speaks graphql-transport-ws as the API does, tells what
 * the test says, and can be cut. Import it before anything connects.
 */
import { vi } from "vitest";

interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const open = new Set<PageSocket>();
let isDown = false;

class PageSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readyState = PageSocket.CONNECTING;
  readonly protocol = "graphql-transport-ws";
  readonly subscriptions = new Map<string, Subscription>();
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string; wasClean: boolean }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;

  constructor() {
    super();
    queueMicrotask(() => {
      if (isDown) return this.end(1006);
      this.readyState = PageSocket.OPEN;
      open.add(this);
      this.onopen?.();
    });
  }

  send(text: string): void {
    const { type, id, payload } = JSON.parse(text);
    if (type === "connection_init") this.say({ type: "connection_ack" });
    if (type === "complete") this.subscriptions.delete(id);
    if (type !== "subscribe") return;
    const name = /subscription (\w+)/.exec(payload.query)?.[1] ?? "";
    this.subscriptions.set(id, { id, name, variables: payload.variables });
  }

  say(message: object): void {
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(message) }));
  }

  close(code = 1000): void {
    this.end(code);
  }

  end(code: number): void {
    if (this.readyState === PageSocket.CLOSED) return;
    this.readyState = PageSocket.CLOSED;
    open.delete(this);
    queueMicrotask(() => this.onclose?.({ code, reason: "", wasClean: false }));
  }
}

vi.stubGlobal("WebSocket", PageSocket);
// Why there is no connection is asked here: an installation that is down says nothing.
vi.stubGlobal("fetch", async () => {
  throw new TypeError("nobody answers");
});

/** All that the page follows now. */
const followed = () => [...open].flatMap((socket) => [...socket.subscriptions.values()]);

export const liveServer = {
  /** Waits until the page follows this subscription, and gives what it was asked with. */
  followed: (name: string, fits: (variables: Subscription["variables"]) => boolean = () => true) =>
    vi.waitFor(() => {
      const found = followed().find((one) => one.name === name && fits(one.variables));
      if (!found)
        throw new Error(
          `expected the page to follow ${name}, it follows ${followed().map((one) => one.name)}`,
        );
      return found.variables;
    }, 5_000),

  /** Sends to everyone who follows this subscription. */
  tell(name: string, data: object): void {
    for (const socket of open)
      for (const { id, name: own } of socket.subscriptions.values())
        if (own === name) socket.say({ type: "next", id, payload: { data } });
  },

  /** Cuts all connections, and takes no other until it is `up`. */
  down(): void {
    isDown = true;
    for (const socket of open) socket.end(1012);
  },
  up(): void {
    isDown = false;
  },
};
