/** What was typed as a filter and not entered yet, kept in this tab for the filter that it would take the place of. Pure. */
import { type Keeps, keepInTab, type Reads, readKept } from "./kept-in-tab.ts";

const key = "gatecast.runs.filter-drafts";

/** @returns null where there is none */
export function readDraft(storage: Reads, entered: string): string | null {
  const kept = readKept(storage, key, entered);
  return typeof kept === "string" ? kept : null;
}

/** Forgets it where it says what is entered. */
export const storeDraft = (storage: Keeps, entered: string, typed: string): void =>
  keepInTab(storage, key, entered, typed.trim() === entered ? null : typed);
