/** What waits for one socket's reader. */
import type { WebSocket } from "ws";
import { unreadBytes } from "../limits.ts";

/**
 * A way to send that resolves once the message is with the system, and at once where nobody is left to read it.
 * Cuts off a client that lets more than 4 MiB wait behind the message that it is reading: one answer may be larger than that.
 */
export function boundedSend(socket: WebSocket): (text: string) => Promise<void> {
  const waiting: number[] = [];
  let total = 0;
  return (text) =>
    new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN) return resolve();
      const behind = total - (waiting[0] ?? 0);
      if (behind > unreadBytes) {
        socket.terminate();
        return resolve();
      }
      const size = Buffer.byteLength(text);
      waiting.push(size);
      total += size;
      socket.send(text, () => {
        total -= waiting.shift() ?? 0; // messages leave in the order in which they came
        resolve(); // also when it could not be sent: the "close" event reports the socket's end
      });
    });
}
