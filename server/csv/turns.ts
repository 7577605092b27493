/** Long work in slices, so that other requests are answered in between. */
import { setImmediate as nextTurn } from "node:timers/promises";

const sliceMs = 20;
/** Asking the clock costs as much as a short row. */
const itemsPerLook = 16;

export interface Turn {
  /** True when it is time to `await next()`. */
  readonly isOver: () => boolean;
  readonly next: () => Promise<void>;
}

export function startTurn(perLook = itemsPerLook): Turn {
  let started = performance.now();
  let looks = 0;
  return {
    isOver: () => ++looks % perLook === 0 && performance.now() - started > sliceMs,
    next: async () => {
      await nextTurn();
      started = performance.now();
    },
  };
}

/** Visits all items, or those up to the one of which `visit` says false. */
export async function inTurns<T>(
  items: readonly T[],
  visit: (item: T, index: number) => unknown,
): Promise<void> {
  const turn = startTurn();
  for (let index = 0; index < items.length; index++) {
    if (turn.isOver()) await turn.next();
    if (visit(items[index]!, index) === false) return;
  }
}
