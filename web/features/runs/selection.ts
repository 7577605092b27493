/** Which rows are chosen. Pure. */

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The one that was chosen, or not any more, last: where a range begins. */
  readonly anchor: string | null;
}

export const noSelection: Selection = { ids: new Set(), anchor: null };

/** As it is kept by the browser's entry for the page; null where that is another's, or spoilt. */
export function readSelection(kept: unknown): Selection | null {
  const { ids, anchor } = (kept ?? {}) as { ids?: unknown; anchor?: unknown };
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === "string")) return null;
  return { ids: new Set(ids), anchor: typeof anchor === "string" ? anchor : null };
}

/** @param order of the rows, for a range from the anchor to this one */
export function choose(
  { ids, anchor }: Selection,
  id: string,
  isChosen: boolean,
  isRange: boolean,
  order: readonly string[],
): Selection {
  const [one, other] = [order.indexOf(anchor ?? id), order.indexOf(id)];
  const range =
    isRange && one >= 0 && other >= 0 ? order.slice(Math.min(one, other), Math.max(one, other) + 1) : [id];
  const next = new Set(ids);
  for (const each of range) {
    if (isChosen) next.add(each);
    else next.delete(each);
  }
  return { ids: next, anchor: id };
}
