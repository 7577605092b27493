/** An import on its way: each change of the file or the options is checked by a dry run before anything is stored. */
"use client";
import { useEffect, useRef, useState } from "react";
import { type Client, useClient } from "urql";
import type { ImportPriceSeriesInput, ImportPriceSeriesMutation } from "../../graphql/generated/graphql.ts";
import { type ApiError, readError } from "../../lib/api-error.ts";
import { importPriceSeriesMutation } from "./documents.ts";
import { type ImportForm, type ImportReport, importInput } from "./import-form.ts";
import type { ImportFile } from "./read-file.ts";
import { type Outcome, sendPatiently } from "./send-patiently.ts";

type Payload = ImportPriceSeriesMutation["importPriceSeries"];

export type ImportState =
  /** `waiting`: why the server has not looked yet. */
  | {
      readonly phase: "checking" | "storing";
      readonly report: ImportReport | null;
      readonly waiting: string | null;
    }
  | { readonly phase: "checked"; readonly report: ImportReport }
  | { readonly phase: "refused"; readonly error: ApiError }
  | { readonly phase: "stored"; readonly report: ImportReport; readonly seriesId: string };

/** Typing in a field is one change. */
const settleMs = 350;

export function useImport(file: ImportFile, form: ImportForm, isReady: boolean) {
  const client = useClient();
  const [state, setState] = useState<ImportState>({ phase: "checking", report: null, waiting: null });
  const [attempt, setAttempt] = useState(0);
  const storing = useRef<AbortController | null>(null);
  useEffect(() => () => storing.current?.abort(), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt sends the same again
  useEffect(() => {
    if (!isReady) return;
    const gone = new AbortController();
    const checking = (waiting: string | null) =>
      setState((before) => ({
        phase: "checking",
        report: "report" in before ? before.report : null,
        waiting,
      }));
    checking(null);
    const timer = setTimeout(async () => {
      const outcome = await send(client, importInput(form, file.csv, true), checking, gone.signal);
      if (outcome && "error" in outcome) setState({ phase: "refused", error: outcome.error });
      else if (outcome) setState({ phase: "checked", report: outcome.data.report });
    }, settleMs);
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, [client, file, form, isReady, attempt]);

  const store = async () => {
    if (state.phase !== "checked") return;
    const { report } = state;
    storing.current = new AbortController();
    const isStoring = (waiting: string | null) => setState({ phase: "storing", report, waiting });
    isStoring(null);
    const input = importInput(form, file.csv, false);
    const outcome = await send(client, input, isStoring, storing.current.signal);
    if (outcome && "error" in outcome) setState({ phase: "refused", error: outcome.error });
    else if (outcome?.data.priceSeries)
      setState({ phase: "stored", report: outcome.data.report, seriesId: outcome.data.priceSeries.id });
  };
  return { state, store, again: () => setAttempt((number) => number + 1) };
}

/** Null once it was given up. An upload that nobody waits for any more is broken off. */
const send = (
  client: Client,
  input: ImportPriceSeriesInput,
  onWait: (words: string) => void,
  signal: AbortSignal,
): Promise<Outcome<Payload> | null> =>
  sendPatiently(
    async (): Promise<Outcome<Payload>> => {
      const { data, error } = await client.mutation(
        importPriceSeriesMutation,
        { input },
        { fetch: (address, options) => fetch(address, { ...options, signal }) },
      );
      if (data && !error) return { data: data.importPriceSeries };
      return { error: readError(error ?? { graphQLErrors: [] }) };
    },
    ({ message }) => onWait(message),
    signal,
  );
