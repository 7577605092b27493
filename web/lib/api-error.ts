/** What went wrong with a request, in words for the person who made it. */

export interface ApiError {
  readonly message: string;
  /** The path of the input that is to blame, such as layers.0.units. */
  readonly field: string | null;
  readonly code: string | null;
}

interface RawError {
  readonly networkError?: unknown;
  readonly graphQLErrors: readonly {
    readonly message: string;
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

export function readErrors(error: RawError): ApiError[] {
  if (error.graphQLErrors.length === 0)
    return [{ message: "Gatecast does not answer. Is it still running?", field: null, code: "NETWORK" }];
  return error.graphQLErrors.map(({ message, extensions }) => ({
    message,
    field: typeof extensions?.field === "string" ? extensions.field : null,
    code: typeof extensions?.code === "string" ? extensions.code : null,
  }));
}

export const readError = (error: RawError): ApiError => readErrors(error)[0]!;
