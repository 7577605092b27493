/**
 * By which names this server may be asked. A foreign page can make its own name resolve to 127.0.0.1 (DNS rebinding). Its Origin
 * and Host are then the same, so it looks like our own page; only the name shows that it is not.
 */
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { Refusal } from "../refusal.ts";
import type { Access } from "./access.ts";

export type HostSettings = Pick<Access, "allowedHosts" | "publicUrl"> & {
  /** What the server listens on. */
  readonly host: string;
};

export type HostGate = (request: Pick<IncomingMessage, "headers">) => Refusal | null;

/** The gate returns null when the request may come in. */
export function hostGate({ host, allowedHosts, publicUrl }: HostSettings): HostGate {
  if (allowedHosts === null) return () => null;
  const listed = [...allowedHosts, "localhost", "127.0.0.1", "[::1]", isIP(host) === 6 ? `[${host}]` : host];
  if (publicUrl !== null) listed.push(new URL(publicUrl).host);
  const names = new Set(listed.map((name) => name.toLowerCase()));
  const listensEverywhere = host === "0.0.0.0" || host === "::";
  return ({ headers }) => {
    const asked = (headers.host ?? "").toLowerCase();
    const name = asked.replace(/:\d{1,5}$/, "");
    if (names.has(asked) || names.has(name)) return null;
    // DNS rebinding needs a name, so a bare address is always allowed.
    if (listensEverywhere && isIP(name.replace(/^\[|\]$/g, "")) !== 0) return null;
    return misdirected(asked);
  };
}

/** Of several Host headers Node takes the first and a proxy perhaps the last: two of them may be an attack (RFC 9112, 3.2). */
export const refuseTwoHosts = ({
  headersDistinct,
}: Pick<IncomingMessage, "headersDistinct">): Refusal | null =>
  (headersDistinct.host?.length ?? 0) > 1 ? twoHosts : null;

const twoHosts: Refusal = {
  status: 400,
  code: "BAD_REQUEST",
  message: "a request has one Host header, got several",
};

const misdirected = (asked: string): Refusal => ({
  status: 421,
  code: "FORBIDDEN",
  message:
    `this server does not go by the name ${JSON.stringify(asked.slice(0, 100))}: ` +
    "if it should, add that name to the setting ALLOWED_HOSTS, " +
    "or set PUBLIC_URL to the address that a proxy serves it at",
});
