/**
 * A browser lets any page open a WebSocket to any host, and only says which page it was (the Origin header).
 * Without this check a foreign page could use the API in its visitor's name (cross-site WebSocket hijacking).
 */
import type { IncomingMessage } from "node:http";
import type { Refusal } from "../refusal.ts";

/** Programs send no Origin. A browser's must be the host that was asked, or the address that a proxy serves. */
export function isSameOrigin(
  { headers: { origin, host } }: { readonly headers: Pick<IncomingMessage["headers"], "origin" | "host"> },
  publicUrl: string | null,
): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false; // "null": a page without an origin, such as a file
  const page = new URL(origin);
  if (publicUrl !== null && page.href === new URL(publicUrl).href) return true;
  const asked = `${page.protocol}//${host}`; // the same scheme, so that a default port is left out on both sides
  return URL.canParse(asked) && new URL(asked).host === page.host;
}

/** What a page reads that was opened at another address than the server knows of. */
export function foreignOrigin({
  headers: { origin = "", host = "" },
}: Pick<IncomingMessage, "headers">): Refusal {
  const [page, asked] = [origin, host].map((text) => JSON.stringify(text.slice(0, 100)));
  return {
    status: 403,
    code: "FORBIDDEN",
    message:
      `the page was opened at ${page}, but the server was asked as ${asked}: ` +
      "if a proxy serves it at that address, set PUBLIC_URL to it; the Origin header must name the host that serves the page",
  };
}
