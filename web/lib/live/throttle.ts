/** Gathers what comes in fast and hands it on together, so that charts redraw a few times a second at most. */
import type { Clock } from "./connection.ts";

/** Measured: 500 points take 29 ms to draw, 5,000 take 80 ms. Five times a second leaves the page responsive. */
const redrawIntervalMs = 200;

export interface Throttle<Item> {
  readonly add: (item: Item) => void;
  /** Forgets what has been gathered and not handed on. */
  readonly drop: () => void;
}

/** Items are handed on together, `intervalMs` after the first of them came. */
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
    callOff = null;
    onItems(gathered);
  };
  return {
    add(item) {
      items.push(item);
      callOff ??= clock.after(intervalMs, handOn);
    },
    drop() {
      callOff?.();
      callOff = null;
      items = [];
    },
  };
}
