/** An import on its way: each change of the file or the options is checked by a dry run before anything is stored. */
"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ApiError } from "../../lib/api-error.ts";
import { type ImportForm, importFields } from "./import-form.ts";
import type { ImportReport } from "./import-payload.ts";
import { type ImportSender, importSender, type Outcome, type Sent } from "./import-sender.ts";
import { postImport } from "./post-import.ts";
import type { ImportFile } from "./read-file.ts";
import { sendPatiently } from "./send-patiently.ts";

export type ImportState =
  | {
      readonly phase: "checking" | "storing";
      readonly report: ImportReport | null;
      /** Why the server has not looked yet. */
      readonly waiting: string | null;
      /** How much of the file is there; null while none is on its way. */
      readonly sent: Sent | null;
    }
  | { readonly phase: "checked"; readonly report: ImportReport }
  | { readonly phase: "refused"; readonly error: ApiError }
  | { readonly phase: "stored"; readonly report: ImportReport; readonly seriesId: string };

/** Typing in a field is one change. */
const settleMs = 350;
const idle = { waiting: null, sent: null } as const;

/** @param isKnown the series is there already: its name, currency and zone stay. */
export function useImport(file: ImportFile, given: ImportForm, isReady: boolean, isKnown: boolean) {
  const form = useMemo(
    () => (isKnown ? { ...given, name: "", currency: "", timezone: "" } : given),
    [given, isKnown],
  );
  const [state, setState] = useState<ImportState>({ phase: "checking", report: null, ...idle });
  const [attempt, setAttempt] = useState(0);
  const sender = useRef<ImportSender>(null);
  const storing = useRef<AbortController>(null);

  useEffect(() => {
    const own = importSender(file.body, postImport);
    sender.current = own;
    return () => {
      own.stop();
      storing.current?.abort();
    };
  }, [file]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt sends the same again, another file has another sender
  useEffect(() => {
    if (!isReady) return;
    const gone = new AbortController();
    setState((before) => ({ phase: "checking", report: "report" in before ? before.report : null, ...idle }));
    const timer = setTimeout(async () => {
      const outcome = await send(sender.current, form, true, setState, gone.signal);
      if (outcome && "error" in outcome) setState({ phase: "refused", error: outcome.error });
      else if (outcome) setState({ phase: "checked", report: outcome.data.report });
    }, settleMs);
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, [file, form, isReady, attempt]);

  const store = async () => {
    if (state.phase !== "checked") return;
    storing.current = new AbortController();
    setState({ phase: "storing", report: state.report, ...idle });
    const outcome = await send(sender.current, form, false, setState, storing.current.signal);
    if (outcome && "error" in outcome) setState({ phase: "refused", error: outcome.error });
    else if (outcome?.data.priceSeries)
      setState({ phase: "stored", report: outcome.data.report, seriesId: outcome.data.priceSeries.id });
  };
  return { state, store, again: () => setAttempt((number) => number + 1) };
}

type SetState = (change: (before: ImportState) => ImportState) => void;

/** Null once it was given up. */
async function send(
  sender: ImportSender | null,
  form: ImportForm,
  dryRun: boolean,
  setState: SetState,
  signal: AbortSignal,
): Promise<Outcome | null> {
  if (sender === null) return null;
  const tell = (news: Partial<{ waiting: string | null; sent: Sent | null }>) =>
    setState((before) => (signal.aborted || !("waiting" in before) ? before : { ...before, ...news }));
  return sendPatiently(
    async () => {
      tell({ waiting: null });
      return sender.send(importFields(form, dryRun), (sent) => tell({ sent }), signal);
    },
    ({ message }) => tell({ waiting: message }),
    signal,
  );
}
