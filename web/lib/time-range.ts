/** Pieces of a time axis, and how many points to ask for when only a piece is in sight. Pure. */

export interface TimeRange {
  /** Milliseconds since 1970 UTC, both ends inclusive. */
  readonly from: number;
  readonly to: number;
}

const spanMs = ({ from, to }: TimeRange): number => to - from;

/** `wanted` cut to what there is; all of it where nothing of `wanted` is there. */
export function clampRange(wanted: TimeRange, all: TimeRange): TimeRange {
  const from = Math.max(all.from, Math.min(wanted.from, wanted.to));
  const to = Math.min(all.to, Math.max(wanted.from, wanted.to));
  return from < to ? { from, to } : all;
}

/** Whether all of `view` lies within a range. */
export const holds = ({ from, to }: TimeRange, view: TimeRange): boolean =>
  from <= view.from && view.to <= to;

export const isSameRange = (a: TimeRange, b: TimeRange): boolean => a.from === b.from && a.to === b.to;

/**
 * Points to ask for over `all` so that `inView` shows about `inSight` of them. In powers of two: a small
 * change of the view is answered by what is there already.
 */
export function pointsFor(inView: TimeRange, all: TimeRange, inSight: number, most: number): number {
  const share = spanMs(all) > 0 ? spanMs(inView) / spanMs(all) : 1;
  const doublings = Math.max(0, Math.ceil(Math.log2(1 / Math.max(share, 1e-9))));
  return Math.min(most, inSight * 2 ** doublings);
}
