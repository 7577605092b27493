/** Which line is which run. */
import type { KeyLine } from "../../components/chart-frame/line-key.tsx";
import { runColors, runDashes } from "./look.ts";

export const runKey = (names: readonly string[]): KeyLine[] =>
  names.map((name, at) => ({
    ...{ name, colour: runColors[at]! },
    ...(runDashes[at] ? { dash: `${runDashes[at]} 3` } : {}),
  }));
