/** Renders a few pages at a time and lets the others wait, so that small requests get a turn in between. */
import { setImmediate as nextTurn } from "node:timers/promises";

/** Frees a place after so long: a page ends only when its reader has taken all of it. */
const longestMs = 250;

/** @param mostWaiting beyond which `run` says false at once and does nothing. */
export function fewAtOnce(places: number, mostWaiting: number) {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else taken--;
  };
  return async (work: () => Promise<unknown>): Promise<boolean> => {
    if (taken < places) taken++;
    else if (waiting.length >= mostWaiting) return false;
    else {
      await new Promise<void>((resolve) => waiting.push(resolve));
      await nextTurn();
    }
    let timer: NodeJS.Timeout | undefined;
    const longest = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, longestMs);
    });
    const done = work().finally(() => clearTimeout(timer));
    Promise.race([done, longest]).then(leave, leave);
    await done;
    return true;
  };
}
