/** Hands on at once what comes alone, and together what comes fast, so that charts redraw a few times a second at most. */
import type { Clock } from "./connection.ts";

/** Measured: 500 points take 29 ms to draw, 5,000 take 80 ms. Five times a second leaves the page responsive. */
const redrawIntervalMs = 200;

export interface Throttle<Item> {
  readonly add: (item: Item) => void;
  /** Forgets what has been gathered and not handed on. */
  readonly drop: () => void;
}

/** The first item is handed on at once; those that come within `intervalMs` of it together, at the end of that time. */
export function createThrottle<Item>(
  clock: Clock,
  onItems: (items: readonly Item[]) => void,
  intervalMs = redrawIntervalMs,
): Throttle<Item> {
  let items: Item[] = [];
  let callOff: (() => void) | null = null;

  const handOn = () => {
    const gathered = items;
    items = [];
    callOff = clock.after(intervalMs, next);
    onItems(gathered);
  };
  const next = () => {
    callOff = null;
    if (items.length > 0) handOn();
  };
  return {
    add(item) {
      items.push(item);
      if (callOff === null) handOn();
    },
    drop() {
      callOff?.();
      callOff = null;
      items = [];
    },
  };
}
