/**
 * Handles a connection's requests one after the other. Node would begin all requests of a packet at once: 1,500 pages on one
 * connection made all other clients wait for more than 10 s. A client that wants several answers at a time opens connections.
 */
import type { RequestHandler } from "express";

/** How many requests may wait behind the one in hand; programs that pipeline send about a dozen. */
const mostWaiting = 100;

interface Line {
  waiting: number;
  last: Promise<void>;
}

export function oneByOne(): RequestHandler {
  const lines = new WeakMap<object, Line>();
  return async (request, response, next) => {
    const { socket } = request;
    const answered = new Promise<void>((resolve) => response.once("close", resolve));
    const line = lines.get(socket);
    if (line === undefined) {
      lines.set(socket, { waiting: 0, last: answered });
      return next();
    }
    if (line.waiting === mostWaiting) return void socket.destroy();
    const before = line.last;
    line.last = answered;
    line.waiting++;
    await before;
    line.waiting--;
    if (!socket.destroyed) next();
  };
}
