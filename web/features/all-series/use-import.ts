/** An import on its way: each change of the file or the options is checked by a dry run before anything is stored. */
"use client";
import { useEffect, useState } from "react";
import { useClient } from "urql";
import { type ApiError, readError } from "../../lib/api-error.ts";
import { browserClock } from "../../lib/live/browser-clock.ts";
import { whenFree } from "../../lib/when-free.ts";
import { importPriceSeriesMutation } from "./documents.ts";
import { type ImportForm, type ImportReport, importInput } from "./import-form.ts";

export interface ImportFile {
  readonly name: string;
  readonly csv: string;
}

export type ImportState =
  | { readonly phase: "checking"; readonly report: ImportReport | null }
  | { readonly phase: "checked"; readonly report: ImportReport }
  | { readonly phase: "refused"; readonly error: ApiError }
  | { readonly phase: "storing"; readonly report: ImportReport }
  | { readonly phase: "stored"; readonly report: ImportReport; readonly seriesId: string };

/** Typing in a field is one change. */
const settleMs = 350;

export function useImport(file: ImportFile, form: ImportForm) {
  const client = useClient();
  const [state, setState] = useState<ImportState>({ phase: "checking", report: null });

  useEffect(() => {
    let isStale = false;
    setState((before) => ({ phase: "checking", report: "report" in before ? before.report : null }));
    const timer = setTimeout(async () => {
      const input = importInput(form, file.csv, true);
      const ask = () => client.mutation(importPriceSeriesMutation, { input }).toPromise();
      const { data, error } = await whenFree(ask, () => !isStale, browserClock);
      if (isStale) return;
      if (error) setState({ phase: "refused", error: readError(error) });
      else if (data) setState({ phase: "checked", report: data.importPriceSeries.report });
    }, settleMs);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [client, file, form]);

  const store = async () => {
    if (state.phase !== "checked") return;
    setState({ phase: "storing", report: state.report });
    const input = importInput(form, file.csv, false);
    const ask = () => client.mutation(importPriceSeriesMutation, { input }).toPromise();
    const { data, error } = await whenFree(ask, () => true, browserClock);
    if (error) setState({ phase: "refused", error: readError(error) });
    else if (data?.importPriceSeries.priceSeries)
      setState({
        phase: "stored",
        report: data.importPriceSeries.report,
        seriesId: data.importPriceSeries.priceSeries.id,
      });
  };
  return { state, store };
}
