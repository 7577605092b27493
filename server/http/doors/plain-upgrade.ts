/**
 * Programs offer to switch to another protocol (curl --http2 and Java's HttpClient: h2c). A server that does not want to must
 * ignore the offer (RFC 9110, 7.8), but Node hands every upgrade over.
 */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

export const asksForWebSocket = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  headers.upgrade?.trim().toLowerCase() === "websocket";

/** Of the connection to the next hop, all about the upgrade. */
const offered = new Set(["upgrade", "http2-settings", "connection"]);

/** Gives the server the request again, without the offer: its body and later requests of the connection come as usual. */
export function serveWithoutUpgrade(
  server: Server,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const lines = [`${request.method} ${request.url} HTTP/1.1`];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i] ?? "";
    if (!offered.has(name.toLowerCase())) lines.push(`${name}: ${request.rawHeaders[i + 1]}`);
  }
  if (/\bclose\b/i.test(request.headers.connection ?? "")) lines.push("connection: close");
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}
