/** Checks the form of a request to /graphql before its query is read, and parses its body into an object. */
import type { Request, RequestHandler } from "express";
import { refuseDepth } from "../document-depth.ts";
import { nameOfOperation, noteOperation } from "../last-operation.ts";
import { requestBytes } from "../limits.ts";
import { answerRefusal, type Refusal } from "../refusal.ts";
import { type ImportDoor, refuseOtherThanImports } from "./import-door.ts";
import { BrokenOff, type ReadBody, readJson } from "./read-json.ts";

/** Sets the request's body and, where it took a place of the import door, `response.locals.leave`. */
export const jsonBody =
  (door: ImportDoor): RequestHandler =>
  async (request, response, next) => {
    const refusal = refuseByHeaders(request);
    if (refusal !== null) return answerRefusal(request, response, refusal);
    request.body = undefined;
    if (request.method !== "POST" || !isJson(request)) return next(); // GraphQL says what it expects
    try {
      const read = await readJson(request, door);
      if (!("text" in read)) return answerRefusal(request, response, read);
      const parsed = parse(read);
      if ("refusal" in parsed) {
        read.leave?.();
        return answerRefusal(request, response, parsed.refusal);
      }
      request.body = parsed.body;
      response.locals.leave = read.leave;
    } catch (error) {
      if (error instanceof BrokenOff) return;
      throw error;
    }
    next();
  };

const contentType = ({ headers }: Request): string => headers["content-type"] ?? "";
const isJson = (request: Request): boolean => /^application\/json\s*(?:;|$)/i.test(contentType(request));

function refuseByHeaders(request: Request): Refusal | null {
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() !== "identity")
    return unsupported(`a request must not be compressed, got content-encoding ${shown(encoding)}`);
  const charset = /;\s*charset\s*=\s*"?([\w-]+)/i.exec(contentType(request))?.[1] ?? "utf-8";
  return /^utf-?8$|^us-ascii$/i.test(charset)
    ? null
    : unsupported(`JSON is UTF-8, got charset ${shown(charset)}`);
}

function parse({ text, bytes }: ReadBody): { body: unknown } | { refusal: Refusal } {
  noteOperation("JSON of a request", bytes);
  let body: unknown;
  try {
    body = JSON.parse(text.replace(/^\uFEFF/, "") || "{}");
  } catch (error) {
    return { refusal: unreadable((error as SyntaxError).message) };
  }
  if (Array.isArray(body)) return { refusal: batch(body.length) };
  if (typeof body !== "object" || body === null) return { refusal: unreadable(`got ${typeof body}`) };
  noteOperation(nameOfOperation(body), bytes);
  const refusal = refuseOperation({ ...body }, bytes);
  return refusal === null ? { body } : { refusal };
}

function refuseOperation(body: Readonly<Record<string, unknown>>, bytes: number): Refusal | null {
  if (bytes > requestBytes) {
    const refusal = refuseOtherThanImports(body);
    if (refusal !== null) return refusal;
  }
  const deep = typeof body.query === "string" ? refuseDepth(body.query) : null;
  return deep && { status: 400, code: "LIMIT_EXCEEDED", message: deep.message };
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 100));

const unsupported = (message: string): Refusal => ({ status: 415, ...badBody, message });

const unreadable = (why: string): Refusal => ({
  status: 400,
  ...badBody,
  message: `the request's body must be JSON with a query, got what cannot be read: ${why.slice(0, 200)}`,
});

const batch = (count: number): Refusal => ({
  status: 400,
  code: "BAD_REQUEST",
  message: `one operation a request, got a list of ${count}: send them one by one, or ask for several fields in one`,
});

const badBody = { code: "BAD_USER_INPUT", field: "body" } as const;
