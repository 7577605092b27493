/** How long a client may take to send its request and to read the answer. */
import type { RequestHandler } from "express";

export interface Patience {
  readonly headersMs: number;
  /** For a body; and for one that is longer, each further time like it must bring `bytesPerSecond`. */
  readonly bodyMs: number;
  readonly longestBodyMs: number;
  /** Without reading a byte of an answer that waits for it. */
  readonly unreadMs: number;
}

export const usualPatience: Patience = {
  headersMs: 15_000,
  bodyMs: 30_000,
  longestBodyMs: 300_000,
  unreadMs: 60_000,
};

/** A file of 50 MB over a line of 2 Mbit/s comes in time. */
const bytesPerSecond = 200_000;

/** A file of so many bytes that comes no faster than it must. */
export const longestFileMs = ({ longestBodyMs }: Pick<Patience, "longestBodyMs">, bytes: number): number =>
  Math.max(longestBodyMs, Math.ceil((bytes / bytesPerSecond) * 1000));

/** @param maxFileBytes of POST /import, which may take longer for it. */
export function bodyInTime(patience: Patience, maxFileBytes: number): RequestHandler {
  const { bodyMs, longestBodyMs, unreadMs } = patience;
  const longestMs = longestFileMs(patience, maxFileBytes);
  return (request, response, next) => {
    // Node destroys the connection; a keep-alive sets its own time afterwards.
    response.once("prefinish", () => response.setTimeout(unreadMs));
    const { "content-length": length = "0", "transfer-encoding": encoding } = request.headers;
    if (length === "0" && encoding === undefined) return next();
    const { socket } = request;
    const mostMs = request.path === "/import" ? longestMs : longestBodyMs;
    const begun = performance.now();
    let before = socket.bytesRead;
    const check = () => {
      if (request.complete) return;
      const isQuick = socket.bytesRead - before >= (bodyMs / 1000) * bytesPerSecond;
      before = socket.bytesRead;
      if (isQuick && performance.now() - begun < mostMs) timer = setTimeout(check, bodyMs);
      else if (response.headersSent) socket.destroy();
      else {
        response.once("finish", () => socket.destroy());
        response.status(408).set("connection", "close").type("text/plain");
        response.send("the request's body did not come in time\n");
      }
    };
    let timer = setTimeout(check, bodyMs);
    request.once("close", () => clearTimeout(timer));
    next();
  };
}
