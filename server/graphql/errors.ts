/** The one place where errors become what the caller reads, over HTTP and WebSocket alike. */
import { randomUUID } from "node:crypto";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { Conflict, InvalidInput, LimitExceeded, NotFound, Unavailable } from "../domain/errors.ts";
import { visible } from "../domain/quote.ts";
import { blamedField } from "./blamed-field.ts";
import { tellOfUnavailable } from "./unavailable.ts";

/** Where what must not be shown is written down. */
export interface ErrorLog {
  error(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/**
 * The caller's errors are told to the caller: extensions.code, and with BAD_USER_INPUT extensions.field. All else is ours:
 * INTERNAL_SERVER_ERROR with nothing but extensions.id, under which the log has the rest.
 */
export function presentError(error: unknown, log: ErrorLog): GraphQLFormattedError {
  const raised =
    error instanceof GraphQLError ? error : new GraphQLError("", { originalError: asError(error) });
  const cause = causeOf(raised);
  const { message, extensions } =
    callersFault(raised, cause) ?? nobodysFault(cause, log) ?? ourFault(raised, cause, log);
  return { ...raised.toJSON(), message: visible(shortened(message)), extensions };
}

type Told = Pick<GraphQLFormattedError, "message" | "extensions">;

function callersFault(raised: GraphQLError, cause: Error): Told | null {
  const { message } = cause;
  if (cause instanceof InvalidInput) {
    const { code, field, choices } = cause;
    return { message, extensions: { code, field, ...(choices && { choices }) } };
  }
  if (cause instanceof LimitExceeded) return { message, extensions: { ...cause.details, code: cause.code } };
  if (cause instanceof NotFound || cause instanceof Conflict)
    return { message, extensions: { code: cause.code } };
  return cause instanceof GraphQLError ? badRequest(raised, cause) : null;
}

/** What GraphQL itself found in the request, before any resolver ran. */
function badRequest(raised: GraphQLError, cause: GraphQLError): Told | null {
  // A scalar that cannot serialise what a resolver returned is a GraphQLError too, but a located one without nodes.
  if (raised.path !== undefined && cause.nodes === undefined) return null;
  // The outer error tells the place in a variable, the inner one only the value.
  const { message } = raised;
  const field = blamedField(raised);
  if (field !== null) return { message, extensions: { code: "BAD_USER_INPUT", field } };
  const usual = message.startsWith("Syntax Error") ? "GRAPHQL_PARSE_FAILED" : "GRAPHQL_VALIDATION_FAILED";
  const code = raised.extensions.code ?? cause.extensions.code ?? usual;
  const { retryAfterMs } = raised.extensions;
  return { message, extensions: retryAfterMs === undefined ? { code } : { code, retryAfterMs } };
}

function nobodysFault(cause: Error, log: ErrorLog): Told | null {
  if (!(cause instanceof Unavailable)) return null;
  tellOfUnavailable(cause, log);
  const { message, code, retryAfterMs } = cause;
  return { message, extensions: { code, retryAfterMs } };
}

function ourFault(raised: GraphQLError, err: Error, log: ErrorLog): Told {
  const id = randomUUID();
  log.error({ err, errorId: id, path: raised.path?.join(".") }, "a request failed");
  const message = `Something went wrong on the server. Its log has the details under the id ${id}.`;
  return { message, extensions: { code: "INTERNAL_SERVER_ERROR", id } };
}

function causeOf(error: Error): Error {
  const inner = error instanceof GraphQLError ? error.originalError : undefined;
  return inner === undefined ? error : causeOf(inner);
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

// GraphQL quotes the whole value that it refuses, be it a file of 50 MB.
const longest = 800;
const shortened = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest / 2)} … ${text.slice(-longest / 2)}`;
