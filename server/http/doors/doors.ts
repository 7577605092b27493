/** The checks before every request, connection and WebSocket. */
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { RequestHandler } from "express";
import { answerRefusal, type Refusal, refuseUpgrade } from "../refusal.ts";
import type { Access } from "./access.ts";
import { openCounter, requestLimiter, tooManyOpen } from "./address-limits.ts";
import { hostGate, refuseTwoHosts } from "./allowed-hosts.ts";
import { clientAddress, isShared } from "./client-address.ts";
import { foreignOrigin, isSameOrigin } from "./same-origin.ts";

export function createDoors(access: Access & { readonly host: string }) {
  const { publicUrl, connectionsPerAddress } = access;
  const behindProxy = publicUrl !== null;
  const checkHost = hostGate(access);
  const refuseHost = (request: IncomingMessage) => refuseTwoHosts(request) ?? checkHost(request);
  const limitRequests = requestLimiter(access);
  const connections = openCounter(connectionsPerAddress);
  const sockets = openCounter(connectionsPerAddress);
  const counted = new WeakSet<Socket>();
  const addressOf = (request: IncomingMessage): string => clientAddress(request, behindProxy);

  const refuseSocket = (request: IncomingMessage): Refusal | null =>
    refuseHost(request) ?? (isSameOrigin(request, publicUrl) ? null : foreignOrigin(request));

  const request: RequestHandler = async (request, response, next) => {
    const refusal = refuseHost(request) ?? (await limitRequests(addressOf(request)));
    return refusal === null ? next() : answerRefusal(request, response, refusal);
  };

  return {
    request,
    limitRequests,
    addressOf,
    refuseSocket,
    /** Tells a page whose WebSocket fails whether it is refused, and why: browsers do not say. */
    whetherLive: ((request, response) => {
      const refusal = refuseSocket(request);
      if (refusal !== null) answerRefusal(request, response, refusal);
      else response.status(204).set("cache-control", "no-store").end();
    }) satisfies RequestHandler,
    /** False: refused, since this address has as many connections as it may have. */
    enterSocket(request: IncomingMessage, socket: Duplex): boolean {
      const leave = sockets.enter(addressOf(request));
      if (leave === null) refuseUpgrade(socket, tooManyOpen(connectionsPerAddress));
      else socket.once("close", leave);
      return leave !== null;
    },
    connection(socket: Socket): void {
      const address = socket.remoteAddress ?? "";
      // The connection of a request that offered an upgrade passes here a second time.
      if (counted.has(socket) || isShared(address, behindProxy)) return;
      counted.add(socket);
      const leave = connections.enter(address);
      if (leave === null) refuseUpgrade(socket, tooManyOpen(connectionsPerAddress));
      else socket.once("close", leave);
    },
  };
}
export type Doors = ReturnType<typeof createDoors>;
