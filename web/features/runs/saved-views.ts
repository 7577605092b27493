/** Views that a person named, kept in this browser: each is the table's part of the address. */

export interface SavedView {
  readonly name: string;
  /** Of the address, without the question mark. */
  readonly query: string;
}

/** As it was always called: a view is not lost. */
const key = ["gatecast", "views", "of", "runs"].join(" ");

export function readViews(storage: { getItem(key: string): string | null }): SavedView[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(key) ?? "[]");
    if (!Array.isArray(stored)) return [];
    return stored.filter((view) => typeof view?.name === "string" && typeof view?.query === "string");
  } catch {
    return [];
  }
}

/** In place of one of the same name. @returns whether there was room for it */
export function storeViews(
  storage: { setItem(key: string, text: string): void },
  views: readonly SavedView[],
): boolean {
  try {
    storage.setItem(key, JSON.stringify(views));
    return true;
  } catch {
    return false;
  }
}

export const withView = (views: readonly SavedView[], view: SavedView): SavedView[] =>
  [...views.filter(({ name }) => name !== view.name), view].sort((a, b) => a.name.localeCompare(b.name));
