/** Checks before the start whether the address is free, so that a taken port is reported at once and in plain words. */
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** Nothing can be served at this address: says why and what to do. */
export class AddressUnusable extends Error {}

/**
 * @param patienceMs how long to wait for a port in use: an API whose supervisor was killed needs a moment to go.
 * @throws AddressUnusable
 */
export async function expectFreeAddress(host: string, port: number, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const code = await tryToListen(host, port);
    if (code === null) return;
    if (code !== "EADDRINUSE") throw new AddressUnusable(explain(code, host, port));
    if (Date.now() >= deadline) throw new AddressUnusable(explain(code, host, port));
    await delay(100);
  }
}

/** The error's code, or null when it worked. */
const tryToListen = (host: string, port: number): Promise<string | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });

function explain(code: string, host: string, port: number): string {
  if (code === "EADDRINUSE") {
    return `Port ${port} on ${host} is used by another program. Stop it, or choose another port: PORT=${port + 1} npm start`;
  }
  if (code === "EACCES") {
    return `Port ${port} needs rights that this user lacks. Choose one above 1023: PORT=4000 npm start`;
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return `HOST=${host} is no address of this machine. Use 127.0.0.1 for this machine alone, 0.0.0.0 for all networks.`;
  }
  return `Nothing can be served at ${host}, port ${port}: ${code}.`;
}
