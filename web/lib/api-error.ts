/** What went wrong with a request, in words for the person who made it. */
import { inWords } from "./api-words.ts";
import type { Labels } from "./argument-labels.ts";
import { t } from "./words/t.ts";

export interface ApiError {
  /** For people: it names the forms' fields, never the API's arguments. */
  readonly message: string;
  /** The path of the input that is to blame, such as layers.0.units. */
  readonly field: string | null;
  readonly code: string | null;
  /** Values that the field may have instead, where there are a few. */
  readonly choices: readonly string[];
  /** After how long the same again may succeed; null where waiting does not help. */
  readonly retryAfterMs: number | null;
}

interface RawError {
  readonly networkError?: unknown;
  readonly graphQLErrors: readonly {
    readonly message: string;
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
  /** What the server, or a proxy before it, answered. */
  readonly response?: { readonly status?: number; readonly headers?: { get(name: string): string | null } };
}

/** @param labels of the form's fields by their names in the API, besides those that every page knows. */
export function readErrors(error: RawError, labels: Labels = {}): ApiError[] {
  if (error.graphQLErrors.length === 0) return [withoutAnswer(error.response)];
  return error.graphQLErrors.map(({ message, extensions = {} }) => ({
    message: inWords(message, labels),
    field: textOf(extensions.field),
    code: textOf(extensions.code),
    choices: Array.isArray(extensions.choices)
      ? extensions.choices.filter((it) => typeof it === "string")
      : [],
    retryAfterMs: waitOf(textOf(extensions.code), extensions.retryAfterMs, error.response),
  }));
}

export const readError = (error: RawError): ApiError => readErrors(error)[0]!;

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

const usualWaitMs = 2_000;

function waitOf(code: string | null, told: unknown, response: RawError["response"]): number | null {
  if (typeof told === "number" && Number.isFinite(told)) return told;
  const isBusy = code === "UNAVAILABLE" || response?.status === 503 || response?.status === 429;
  if (!isBusy) return null;
  const seconds = Number(response?.headers?.get("retry-after") || Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : usualWaitMs;
}

/** No GraphQL came back: nobody answered, or a proxy did. */
function withoutAnswer(response: RawError["response"]): ApiError {
  const none = { field: null, choices: [], retryAfterMs: null };
  const status = response?.status ?? 0;
  if (status === 413)
    return {
      ...none,
      code: "LIMIT_EXCEEDED",
      message: t("This is more than may be sent at once. Send it in parts."),
    };
  if (status === 503 || status === 429)
    return {
      ...none,
      code: "UNAVAILABLE",
      message: t("Gatecast has too much to do just now."),
      retryAfterMs: waitOf(null, null, response),
    };
  return { ...none, code: "NETWORK", message: t("Gatecast does not answer. Is it still running?") };
}
