/** What was typed as a filter and not entered yet, kept in this tab for the filter that it would take the place of. Pure. */

const key = "gatecast.runs.filter-drafts";
const mostKept = 20;

type Draft = readonly [entered: string, typed: string];

function readAll(storage: Pick<Storage, "getItem">): Draft[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(key) ?? "[]");
    if (!Array.isArray(stored)) return [];
    return stored.filter((one) => typeof one?.[0] === "string" && typeof one?.[1] === "string");
  } catch {
    return [];
  }
}

/** @returns null where there is none */
export const readDraft = (storage: Pick<Storage, "getItem">, entered: string): string | null =>
  readAll(storage).find(([of]) => of === entered)?.[1] ?? null;

/** Forgets it where it says what is entered. */
export function storeDraft(
  storage: Pick<Storage, "getItem" | "setItem">,
  entered: string,
  typed: string,
): void {
  const others = readAll(storage).filter(([of]) => of !== entered);
  const next = typed.trim() === entered ? others : [...others, [entered, typed]];
  try {
    storage.setItem(key, JSON.stringify(next.slice(-mostKept)));
  } catch {
    // Without room it is kept as long as the page.
  }
}
