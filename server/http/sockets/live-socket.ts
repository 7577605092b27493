/** One client's WebSocket as graphql-ws is to see it: bounded in what it sends and in what waits for it, and never loud. */
import type { IncomingMessage } from "node:http";
import { CloseCode, type Server as GraphqlWs, type WebSocket as GraphqlWsSocket } from "graphql-ws";
import type { WebSocket } from "ws";
import type { Logger } from "../../log.ts";
import { pingBytes } from "../limits.ts";
import { refuseOldProtocol } from "./old-protocol.ts";
import { boundedSend } from "./unread.ts";

/** What hooks know of a socket. */
export interface SocketExtra {
  readonly request: IncomingMessage;
  /** Bytes of the message that is being looked at. */
  messageBytes: number;
}

/** A client that leaves one of these pings unanswered until the next is gone. */
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
  const extra: SocketExtra = { request, messageBytes: 0 };
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
      socket.on("message", (data: Buffer) => {
        // Taken up before the handler waits for anything, so that it is this message's.
        extra.messageBytes = data.length;
        handle(parsed(data)).catch((error: unknown) => {
          tellOnce(error);
          socket.close(CloseCode.InternalServerError, "Internal server error");
        });
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
function parsed(data: Buffer): string {
  const text = data.toString();
  try {
    const message = JSON.parse(text);
    return typeof message === "object" ? message : text;
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
