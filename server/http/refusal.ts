/** Refusals that are answered before a request is looked at: in GraphQL's form at /graphql and /import, as plain text elsewhere. */
import type { Duplex } from "node:stream";
import type { Request, Response } from "express";

export interface Refusal {
  readonly status: number;
  /** As of GraphQL errors. */
  readonly code: string;
  readonly message: string;
  /** The input to blame, with BAD_USER_INPUT. */
  readonly field?: string;
  /** When another try may succeed. */
  readonly retryAfterMs?: number;
}

const graphqlTypes = ["application/json", "application/graphql-response+json"] as const;

/** A client that is refused in the middle of its body may go on sending for so long; cut off sooner, it would miss the answer. */
const lingerMs = 2_000;

export function answerRefusal(request: Request, response: Response, refusal: Refusal): void {
  const { status, code, message, field, retryAfterMs } = refusal;
  response.status(status).set("cache-control", "no-store");
  if (retryAfterMs !== undefined) response.set("retry-after", secondsOf(retryAfterMs));
  if (!request.complete) closeSoon(request, response);
  if (!isForPrograms(request)) response.type("text/plain").send(`${message}\n`);
  else {
    response.type(request.accepts([...graphqlTypes]) || graphqlTypes[0]);
    response.send(JSON.stringify({ errors: [{ message, extensions: { code, field, retryAfterMs } }] }));
  }
}

/** Refuses a WebSocket before it is one. */
export function refuseUpgrade(
  socket: Duplex,
  { status, message, retryAfterMs }: Omit<Refusal, "code">,
): void {
  socket.once("finish", () => socket.destroy()); // otherwise the server could not close while the client keeps the connection
  const head = [`HTTP/1.1 ${status} ${statusWords[status] ?? "Refused"}`, "connection: close"];
  if (retryAfterMs !== undefined) head.push(`retry-after: ${secondsOf(retryAfterMs)}`);
  head.push("content-type: text/plain; charset=utf-8", `content-length: ${Buffer.byteLength(message)}`);
  socket.end(`${head.join("\r\n")}\r\n\r\n${message}`);
}

const statusWords: Readonly<Record<number, string>> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  421: "Misdirected Request",
  429: "Too Many Requests",
};

const secondsOf = (milliseconds: number): string => `${Math.max(1, Math.ceil(milliseconds / 1000))}`;

const isForPrograms = ({ originalUrl }: Request): boolean =>
  /^\/(?:graphql|import)(?:[/?]|$)/.test(originalUrl);

/** Thrown by code that reads a body. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

/** Lets a client that is still sending read its answer. */
export function closeSoon(request: Request, response: Response): void {
  request.resume();
  response.once("finish", () => {
    const timer = setTimeout(() => {
      if (!request.complete) request.socket.destroy();
    }, lingerMs);
    request.once("close", () => clearTimeout(timer));
  });
}
