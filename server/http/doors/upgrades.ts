/** Where connections become WebSockets; all other offers to change the protocol are passed over. */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "../../log.ts";
import { refuseUpgrade } from "../refusal.ts";
import type { Doors } from "./doors.ts";
import { asksForWebSocket, serveWithoutUpgrade } from "./plain-upgrade.ts";

export interface Upgrades {
  readonly server: Server;
  readonly doors: Doors;
  readonly accept: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly log: Logger;
}

export function upgrades({ server, doors, accept, log }: Upgrades) {
  return async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    if (!asksForWebSocket(request)) return serveWithoutUpgrade(server, request, socket, head);
    socket.on("error", (err) => log.debug({ err }, "a socket broke"));
    const refusal =
      doors.refuseSocket(request) ??
      (pathOf(request) === "/graphql" ? null : elsewhere) ??
      (await doors.limitRequests(doors.addressOf(request)));
    if (refusal !== null) return refuseUpgrade(socket, refusal);
    if (doors.enterSocket(request, socket)) accept(request, socket, head);
  };
}

const elsewhere = { status: 404, message: "WebSockets are at /graphql" };

const pathOf = ({ url = "/" }: IncomingMessage): string => url.split("?", 1)[0] ?? "/";
