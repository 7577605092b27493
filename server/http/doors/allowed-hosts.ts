/**
 * By which names this server may be asked. A page of a foreign host can make its own name lead to 127.0.0.1 (DNS rebinding)
 * and would then count as ours: its Origin and the Host that it asks are the same. Only the name gives it away.
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

/** Null from the gate: come in. */
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
    // A page is rebound by its name; who asks for a bare address was led there by nobody.
    if (listensEverywhere && isIP(name.replace(/^\[|\]$/g, "")) !== 0) return null;
    return misdirected(asked);
  };
}

/** Node takes the first of several, a proxy perhaps the last: who sends two wants one to be checked and the other asked (RFC 9112, 3.2). */
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
