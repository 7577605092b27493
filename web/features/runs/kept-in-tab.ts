/** What this tab keeps of several pages or filters under one key, the newest of them. Pure. */

const mostKept = 20;

export interface Reads {
  getItem(key: string): string | null;
}
export interface Keeps extends Reads {
  setItem(key: string, text: string): void;
}

function readAll(storage: Reads, key: string): (readonly [of: string, value: unknown])[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(key) ?? "[]");
    if (!Array.isArray(stored)) return [];
    return stored.filter((one) => typeof one?.[0] === "string");
  } catch {
    return [];
  }
}

/** @returns null where there is none; what the browser has may be spoilt */
export const readKept = (storage: Reads, key: string, of: string): unknown =>
  readAll(storage, key).find(([one]) => one === of)?.[1] ?? null;

/** @param value null: nothing is kept of it any more */
export function keepInTab(storage: Keeps, key: string, of: string, value: unknown): void {
  const others = readAll(storage, key).filter(([one]) => one !== of);
  const next = value === null ? others : [...others, [of, value]];
  try {
    storage.setItem(key, JSON.stringify(next.slice(-mostKept)));
  } catch {
    // Without room it is kept as long as the page.
  }
}
