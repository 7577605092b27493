/** What it means to drop a column's role on another column: the two exchange what they are. Pure. */
import type { ColumnPlaces } from "./column-places.ts";
import { roleOf, withHeaderRole } from "./column-roles.ts";
import type { ImportForm } from "./import-form.ts";
import type { ImportReport } from "./import-payload.ts";

/** Neither a column that is passed over or not read yet has a role to give, nor one whose roles the lists have no word for. */
export const isDraggable = (role: string): boolean => !["", "unread", "other"].includes(role);

/** In a file without a header, by their places. */
export const placesAfterDrop = (places: ColumnPlaces, from: number, to: number): ColumnPlaces =>
  places.map((role, at) => (at === from ? places[to]! : at === to ? places[from]! : role));

/** In a file with a header, by their names. A column that gets nothing in exchange is left to the server again. */
export function formAfterDrop(
  form: ImportForm,
  uses: ImportReport["columns"],
  from: string,
  to: string,
): ImportForm {
  const [dragged, met] = [roleOf(from, uses, form), roleOf(to, uses, form)];
  // A date and its time of day have one role: to name one of them would lose the other.
  if (dragged === met) return form;
  return withHeaderRole(withHeaderRole(form, to, dragged), from, met);
}

const edge = 40;
const mostStep = 12;

/** How far a box scrolls in a frame while something is held at `x`, near its left or right end; the nearer, the faster. */
export function edgeStep(x: number, box: { readonly left: number; readonly right: number }): number {
  const beyond = Math.max(x - (box.right - edge), 0) - Math.max(box.left + edge - x, 0);
  return Math.round(Math.min(Math.max(beyond / edge, -1), 1) * mostStep);
}
