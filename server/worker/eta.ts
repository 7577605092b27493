/** Estimates from a run's last epochs how long it still takes. */

const epochsLookedAt = 9;

export interface EtaEstimate {
  /** @returns milliseconds for the epochs that are left after this one. */
  add(durationMs: number, epochsLeft: number): number;
}

/** Takes the median, so that one disturbed epoch does not make the estimate jump. */
export function estimateEta(): EtaEstimate {
  const recent: number[] = [];
  return {
    add(durationMs, epochsLeft) {
      recent.push(durationMs);
      if (recent.length > epochsLookedAt) recent.shift();
      const sorted = [...recent].sort((a, b) => a - b);
      const middle = (sorted.length - 1) / 2;
      return ((sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2) * epochsLeft;
    },
  };
}
