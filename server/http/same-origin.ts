/**
 * A browser lets any page open a WebSocket to any host, and only says which page it was (the Origin header).
 * Without this check a foreign page could use the API in its visitor's name (cross-site WebSocket hijacking).
 */
import type { IncomingMessage } from "node:http";

/** Programs send no Origin. A browser's must be the host that was asked. */
export function isSameOrigin({ headers: { origin, host } }: Pick<IncomingMessage, "headers">): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false; // "null": a page without an origin, such as a file
  const page = new URL(origin);
  const asked = `${page.protocol}//${host}`; // the same scheme, so that a default port is left out on both sides
  return URL.canParse(asked) && new URL(asked).host === page.host;
}
