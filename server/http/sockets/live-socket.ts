/** One client's WebSocket for graphql-ws, with bounds on what the client sends and on what waits for it. */
import type { IncomingMessage } from "node:http";
import { CloseCode, type Server as GraphqlWs, type WebSocket as GraphqlWsSocket } from "graphql-ws";
import type { WebSocket } from "ws";
import type { Logger } from "../../log.ts";
import { pingBytes } from "../limits.ts";
import { refuseOldProtocol } from "./old-protocol.ts";
import { operationsOf } from "./operations.ts";
import { boundedSend } from "./unread.ts";

/** What hooks know of a socket. */
export interface SocketExtra {
  readonly request: IncomingMessage;
  /** Bytes of the message that is being looked at. */
  messageBytes: number;
  /** Operations that have not come to their end. */
  operations: () => number;
}

/** Messages that only a server may send: from a client they are errors. */
const fromServers: ReadonlySet<unknown> = new Set(["connection_ack", "next", "error"]);

/** Pings so often, and cuts off a client that has not answered before the next ping. */
const keepAliveMs = 12_000;
/** An empty ping is {"type":"ping","payload":…}. */
const pingFrameBytes = pingBytes + 100;

export function serveSocket(
  graphql: GraphqlWs<SocketExtra>,
  socket: WebSocket,
  request: IncomingMessage,
  log: Logger,
): void {
  const tellOnce = onceOnly((err: unknown) =>
    log.debug({ err }, "a WebSocket's message could not be handled"),
  );
  socket.on("error", tellOnce);
  if (refuseOldProtocol(socket)) return;
  const stopPinging = hangUpOnSilence(socket);
  const extra: SocketExtra = { request, messageBytes: 0, operations: () => 0 };
  const send = boundedSend(socket);
  const adapter: GraphqlWsSocket = {
    protocol: socket.protocol,
    send,
    close: (code, reason) => socket.close(code, reason),
    onPing: (payload) =>
      extra.messageBytes > pingFrameBytes
        ? socket.close(CloseCode.BadRequest, `a ping's payload may have ${pingBytes} bytes`)
        : send(JSON.stringify({ type: "pong", payload })),
    onMessage(handle) {
      const operations = operationsOf(
        (message) => handle(message as string), // it takes the text or what the text says
        () => socket.close(CloseCode.SubscriberAlreadyExists, "Subscriber already exists"),
      );
      extra.operations = operations.count;
      const failed = (error: unknown) => {
        tellOnce(error);
        socket.close(CloseCode.InternalServerError, "Internal server error");
      };
      socket.on("message", (data: Buffer) => {
        // Taken up before the handler waits for anything, so that it is this message's.
        extra.messageBytes = data.length;
        const message = parsed(data);
        if (typeof message === "string") return handle(message).catch(failed);
        if (fromServers.has(message.type))
          return socket.close(CloseCode.BadRequest, `${message.type} is no message of a client`);
        operations.handle(message).catch(failed);
      });
    },
  };
  const closed = graphql.opened(adapter, extra);
  socket.once("close", (code, reason) => {
    stopPinging();
    closed(code, String(reason)).catch(tellOnce);
  });
}

/**
 * As graphql-ws would, which keeps what it is handed for as long as the operation lives: of an object, the hooks can take
 * out what is not to be kept. What is no JSON it is handed as it came, and refuses.
 */
function parsed(data: Buffer): string | { readonly type?: unknown } {
  const text = data.toString();
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === "object" && message !== null ? message : text;
  } catch {
    return text;
  }
}

function hangUpOnSilence(socket: WebSocket): () => void {
  let isAlive = true;
  socket.on("pong", () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, keepAliveMs);
  return () => clearInterval(timer);
}

function onceOnly<T>(tell: (value: T) => void): (value: T) => void {
  let isTold = false;
  return (value) => {
    if (!isTold) tell(value);
    isTold = true;
  };
}
