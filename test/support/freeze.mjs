/**
 * Makes the event loop of a Node process stand still for good, as a request that never comes to an end would: through
 * its inspector, so that the product needs no way in for it.
 */
import { once } from "node:events";
import { WebSocket } from "ws";

/** What a process needs to be started with. */
export const freezable = ["--inspect=127.0.0.1:0"];

/** @param stderr of a process that was just started with `freezable`. @returns the inspector's address. */
export const inspectorOf = (stderr) =>
  new Promise((resolve, reject) => {
    let said = "";
    // No readline: it would pause the stream for its other readers when it is done.
    const read = (text) => {
      said += text;
      const address = /^Debugger listening on (ws:\/\/\S+)$/m.exec(said)?.[1];
      if (!address) return;
      stderr.off("data", read);
      resolve(address);
    };
    stderr.on("data", read);
    stderr.once("end", () => reject(new Error("the process ended before it had an inspector")));
  });

export async function freeze(inspector) {
  const socket = new WebSocket(inspector);
  socket.on("error", () => {});
  await once(socket, "open");
  socket.send(JSON.stringify({ id: 1, method: "Runtime.evaluate", params: { expression: "for (;;);" } }));
}
