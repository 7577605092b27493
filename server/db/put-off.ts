/** Tells "not now" apart from other errors of the database, and says in words when the caller may ask again. */
import { Unavailable } from "../domain/errors.ts";
import { isDatabaseAway, shortageOf } from "./database-away.ts";

/** Within a second some of the callers before have their answer. */
const busyRetryMs = 1_000;
/** A restart takes a few seconds; a full disk waits for a person. */
const awayRetryMs = 3_000;

/** Unavailable where the same may be asked again, the error itself where something else is wrong. */
function putOff(error: unknown): unknown {
  const { words, retryAfterMs } = reasonOf(error) ?? {};
  return words === undefined ? error : new Unavailable(words, retryAfterMs!, { cause: error });
}

function reasonOf(error: unknown): { words: string; retryAfterMs: number } | null {
  if (isNoConnectionFree(error))
    return {
      words: "the server has more to do than connections to its database: try again in a moment",
      retryAfterMs: busyRetryMs,
    };
  const shortage = shortageOf(error);
  if (shortage !== null)
    return { words: `${shortage.is}: nothing new can be stored until it has`, retryAfterMs: awayRetryMs };
  if (isDatabaseAway(error))
    return {
      words: "the database does not answer just now: try again in a moment",
      retryAfterMs: awayRetryMs,
    };
  return null;
}

function isNoConnectionFree(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { message, code, cause } = error as Error & { readonly code?: unknown };
  return (
    // node-postgres says this when no connection of the pool gets free in time, and Prisma repeats it. A silent server has other words.
    message.includes("timeout exceeded when trying to connect") ||
    message.includes("Unable to start a transaction in the given time") ||
    code === "P2024" || // Prisma: no connection from its pool
    code === "P2037" || // Prisma: PostgreSQL has too many
    code === "53300" || // PostgreSQL: too_many_connections
    isNoConnectionFree(cause)
  );
}

/**
 * The same functions, also those in objects within, whose promises and streams fail with Unavailable where the
 * database is busy or away. Of objects only what is their own is kept, so they must not be of classes.
 */
export function puttingOff<Part extends object>(part: Part): Part {
  const wrapped = Object.entries(part).map(([name, value]) => {
    if (typeof value === "function") return [name, calling(value.bind(part))];
    return [name, typeof value === "object" && value !== null ? puttingOff(value) : value];
  });
  return Object.fromEntries(wrapped) as Part;
}

const calling =
  (ask: (...args: unknown[]) => unknown) =>
  (...args: unknown[]): unknown => {
    const answer = ask(...args);
    if (isStream(answer)) return { [Symbol.asyncIterator]: () => puttingOff(answer[Symbol.asyncIterator]()) };
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error: unknown) => {
      throw putOff(error);
    });
  };

const isStream = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;
