/** The scales of the curves, one a series, shared by all tiles of it: each tile widens its own, and all are drawn anew. */
import {
  type CurvePoint,
  type CurveRange,
  leastRange,
  widened,
} from "../../entities/run-history/relative-curve.ts";

export interface Scales {
  readonly of: (seriesId: string) => CurveRange;
  readonly widen: (seriesId: string, curve: readonly CurvePoint[]) => void;
  readonly onChange: (listener: () => void) => () => void;
}

export function createScales(): Scales {
  const ranges = new Map<string, CurveRange>();
  const listeners = new Set<() => void>();
  const of = (seriesId: string) => ranges.get(seriesId) ?? leastRange;
  return {
    of,
    widen(seriesId, curve) {
      const before = of(seriesId);
      const after = widened(before, curve);
      if (after === before) return;
      ranges.set(seriesId, after);
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
