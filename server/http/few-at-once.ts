/** Pages are made a few at a time, and others wait for their turn: what is small gets between them. */
import { setImmediate as nextTurn } from "node:timers/promises";

/** A place is free again after so long, for a page's end may be its reader's leisure. */
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
