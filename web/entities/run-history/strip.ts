/** The strip beneath the losses: what a hand that drags on it means. Pure. */
import type { EpochRange } from "./loss-series.ts";

export type Grip = "from" | "to" | "window" | "new";

/** How near to an end a hand takes hold of it, as a share of the strip. */
const reach = 0.015;

/** What a hand takes hold of that comes down at a share of the strip's width, 0..1. */
export function gripAt(at: number, range: EpochRange | null, lastEpoch: number): Grip {
  if (!range) return "new";
  const [from, to] = [range.from / lastEpoch, range.to / lastEpoch];
  if (Math.abs(at - from) <= reach) return "from";
  if (Math.abs(at - to) <= reach) return "to";
  return at > from && at < to ? "window" : "new";
}

/**
 * @param began where the hand came down, 0..1
 * @param at where it is now, 0..1
 * @returns null where it has chosen nothing: a press without a move shows all
 */
export function rangeOf(
  grip: Grip,
  range: EpochRange | null,
  { began, at, lastEpoch }: { readonly began: number; readonly at: number; readonly lastEpoch: number },
): EpochRange | null {
  const epochAt = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * lastEpoch);
  if (grip === "new" || !range) {
    const [from, to] = [epochAt(Math.min(began, at)), epochAt(Math.max(began, at))];
    return to - from < 1 ? null : { from, to };
  }
  if (grip === "from") return { from: Math.min(epochAt(at), range.to - 1), to: range.to };
  if (grip === "to") return { from: range.from, to: Math.max(epochAt(at), range.from + 1) };
  const by = Math.round((at - began) * lastEpoch);
  const moved = Math.min(lastEpoch - range.to, Math.max(-range.from, by));
  return { from: range.from + moved, to: range.to + moved };
}
