/** How a field declares its cost, in the option `complexity` of its decorator. Costs are points: bars, predictions, entries of a list. */
import type { ComplexityEstimator } from "graphql-query-complexity";

/** What an argument asks for. Out of range it counts as the nearest legal value: the resolver is about to refuse it by name. */
interface Asked {
  readonly argument: string;
  /** For an explicit null, which means the default. */
  readonly usual: number;
  readonly most: number;
}

const askedBy = ({ argument, usual, most }: Asked, args: Record<string, unknown>): number =>
  Math.min(Math.max(Number(args[argument] ?? usual), 1), most);

/** A chart's columns: the points asked for, however many columns there are. */
export const pointsOf =
  (asked: Asked): ComplexityEstimator =>
  ({ args }) =>
    askedBy(asked, args);

/** A page: each entry with all that is asked of it. */
export const entriesOf =
  (asked: Asked): ComplexityEstimator =>
  ({ args, childComplexity }) =>
    askedBy(asked, args) * (1 + childComplexity);

/** A list whose length nobody asks for: as if it had `length` entries. */
export const listOf =
  (length: number): ComplexityEstimator =>
  ({ childComplexity }) =>
    length * (1 + childComplexity);

/** For @Extensions: each use reads or computes for long, so an operation may have few, and none for each entry of a list. */
export const heavy = { heavy: true } as const;
