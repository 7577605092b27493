/**
 * Which run stands where. A run appears in the first free place, keeps it until some time after its end, and never moves
 * another; a place that became free stays empty until the next run takes it. Pure.
 */
export interface Slot {
  readonly runId: string;
  /** When it was first seen to have ended, in the clock's milliseconds; null while it goes on. */
  readonly endedAt: number | null;
}
/** Null: free. */
export type Slots = readonly (Slot | null)[];

export const keptAfterEndMs = 30_000;

/** @param live ids of runs that train, in the order in which they began */
export function placeRuns(before: Slots, live: readonly string[], now: number): Slots {
  const isLive = new Set(live);
  const kept = before.map((slot): Slot | null => {
    if (slot === null) return null;
    // A run that was given back and taken up again goes on where it stood.
    if (isLive.has(slot.runId)) return slot.endedAt === null ? slot : { ...slot, endedAt: null };
    if (slot.endedAt === null) return { ...slot, endedAt: now };
    return now - slot.endedAt < keptAfterEndMs ? slot : null;
  });
  const placed = new Set(kept.map((slot) => slot?.runId));
  for (const runId of live) {
    if (placed.has(runId)) continue;
    const free = kept.indexOf(null);
    const slot = { runId, endedAt: null };
    if (free === -1) kept.push(slot);
    else kept[free] = slot;
  }
  const isSame = kept.length === before.length && kept.every((slot, place) => slot === before[place]);
  return isSame ? before : kept;
}

/** When a place becomes free next; null where none will. */
export function nextFree(slots: Slots): number | null {
  const ends = slots.flatMap((slot) => (slot?.endedAt == null ? [] : [slot.endedAt + keptAfterEndMs]));
  return ends.length === 0 ? null : Math.min(...ends);
}
