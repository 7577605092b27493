/**
 * Makes the event loop of a Node process stand still for good, as a request that never comes to an end would: through
 * its inspector, so that the product needs no way in for it.
 */
import { once } from "node:events";
import { createInterface } from "node:readline";
import { WebSocket } from "ws";

/** What a process needs to be started with. */
export const freezable = ["--inspect=127.0.0.1:0"];

/** @param stderr of a process that was just started with `freezable`. @returns the inspector's address. */
export async function inspectorOf(stderr) {
  for await (const line of createInterface({ input: stderr })) {
    const address = /^Debugger listening on (ws:\/\/\S+)$/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error("the process ended before it had an inspector");
}

export async function freeze(inspector) {
  const socket = new WebSocket(inspector);
  socket.on("error", () => {});
  await once(socket, "open");
  socket.send(JSON.stringify({ id: 1, method: "Runtime.evaluate", params: { expression: "for (;;);" } }));
}
