/** The warning at the start when other machines can reach the server. */
import { isLoopback } from "./client-address.ts";

/** Null: only this machine can. */
export function warningBeyondLoopback({ host, port }: { host: string; port: number }): string | null {
  if (host === "localhost" || isLoopback(host)) return null;
  return (
    `Gatecast listens on ${host}, port ${port}, and has no accounts: whoever reaches it may import, train and cancel. ` +
    "Open it to networks that you trust only, or let a proxy ask for a password (README, In production)."
  );
}
