/** The levels of intervals that can be asked for. */
import { InvalidInput } from "../domain/errors.ts";
import { intervalLevels } from "../forecasting/intervals/adaptive.ts";

/** @throws InvalidInput */
export function checkLevel(level: number): void {
  if (!intervalLevels.some((known) => known === level))
    throw new InvalidInput("level", `level must be one of ${intervalLevels.join(", ")}, got ${level}`);
}
