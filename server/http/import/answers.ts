/** The answers of POST /import: the mutation's payload, or its errors with a status that says the same. */
import type { Request, Response } from "express";
import { execute, type GraphQLError, type GraphQLFormattedError } from "graphql";
import type { SpooledFile } from "../../uploads/spool.ts";
import type { GraphqlApi } from "../graphql-api.ts";
import { closeSoon } from "../refusal.ts";
import { importDocument } from "./import-input.ts";

export interface ImportOutcome {
  readonly payload: object | null;
  readonly error: GraphQLError | null;
}

/**
 * The mutation itself, with a file where its text would be.
 * @param scratch for the rows while they are read. @param signal ends the reading of the file.
 */
export async function importFile(
  { schema, createContext }: GraphqlApi,
  { file, scratch }: { readonly file: SpooledFile; readonly scratch: SpooledFile },
  variables: { readonly input: Record<string, unknown> },
  signal: AbortSignal,
): Promise<ImportOutcome> {
  const context = createContext();
  const { services } = context;
  const importPriceSeries: typeof services.importPriceSeries = (asked) =>
    services.importPriceSeries(
      { ...asked, csv: { fd: file.fd, size: file.size, scratchFd: scratch.fd } },
      signal,
    );
  const { data, errors = [] } = await execute({
    schema,
    document: importDocument,
    variableValues: variables,
    contextValue: { ...context, services: { ...services, importPriceSeries } },
  });
  return { payload: (data?.importPriceSeries as object | undefined) ?? null, error: errors[0] ?? null };
}

const statuses: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  NOT_FOUND: 404,
  CONFLICT: 409,
  LIMIT_EXCEEDED: 413,
  UNAVAILABLE: 503,
};

/** @param more fields beside the errors */
export function answerError(
  request: Request,
  response: Response,
  { message, path, extensions = {} }: GraphQLFormattedError,
  more: object,
): void {
  const { code, retryAfterMs } = extensions;
  if (typeof retryAfterMs === "number") response.set("retry-after", `${Math.ceil(retryAfterMs / 1000)}`);
  if (!request.complete) closeSoon(request, response);
  response
    .status(statuses[String(code)] ?? (String(code).startsWith("GRAPHQL_") ? 400 : 500))
    .set("cache-control", "no-store")
    .json({ errors: [{ message, path, extensions }], ...more });
}
