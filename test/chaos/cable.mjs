/** A TCP connection's cable, to be cut or frozen: listens on a port of its own and carries bytes to another. */
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** @param port where it leads at first. */
export async function layCable(port = 0) {
  const ends = new Set();
  let target = port;
  let isCut = false;
  let isFrozen = false;

  const server = createServer((near) => {
    near.on("error", () => {});
    if (isCut) return near.destroy();
    ends.add(near);
    near.on("close", () => ends.delete(near));
    // Who connects to a frozen cable waits, and is cut off with the others.
    if (isFrozen) return near.pause();
    const far = connect({ port: target, host: "127.0.0.1", noDelay: true });
    ends.add(far);
    far.on("error", () => {});
    far.on("close", () => {
      ends.delete(far);
      near.destroy();
    });
    near.on("close", () => far.destroy());
    near.setNoDelay(true);
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cutAll = () => {
    for (const end of ends) end.destroy();
  };

  return {
    port: server.address().port,
    leadTo(newPort) {
      target = newPort;
    },
    /** Breaks what is connected, and refuses newcomers for a while. */
    async cut(forMs) {
      isCut = true;
      cutAll();
      await sleep(forMs);
      isCut = false;
    },
    /** Not a byte passes for a while, and nobody is told; then everything breaks. */
    async freeze(forMs) {
      isFrozen = true;
      for (const end of ends) {
        end.unpipe();
        end.pause();
      }
      await sleep(forMs);
      isFrozen = false;
      cutAll();
    },
    close() {
      cutAll();
      server.close();
    },
  };
}
