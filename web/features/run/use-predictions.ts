/** The predictions of a split: as many as a screen shows, and every bar of what is looked at closely. */
"use client";
import { useCallback, useMemo, useState } from "react";
import type { PredictionsQueryVariables } from "../../graphql/generated/graphql.ts";
import { isSameRange, type TimeRange } from "../../lib/time-range.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { predictionsQuery } from "./documents.ts";
import { pieceOfView, pointsOf, withPiece } from "./test-points.ts";

const pointsAtFirst = 1500;
const pointsOfPiece = 4000;
/** Thinning fills what was asked for nearly; an answer with fewer has every bar. */
const surelyThinned = 0.9;

type Asked = Omit<PredictionsQueryVariables, "maxPoints" | "from" | "to"> & {
  /** How many bars the split has. */
  readonly bars: number;
};

export function usePredictions({ bars, ...asked }: Asked) {
  const [piece, setPiece] = useState<TimeRange | null>(null);
  const first = useApiQuery(predictionsQuery, { ...asked, maxPoints: pointsAtFirst, from: null, to: null });
  const range = {
    from: new Date(piece?.from ?? 0).toISOString(),
    to: new Date(piece?.to ?? 0).toISOString(),
  };
  const closer = useApiQuery(
    predictionsQuery,
    { ...asked, maxPoints: pointsOfPiece, ...range },
    { pause: piece === null },
  );
  const all = first.data?.run?.predictions;
  const answer = closer.data?.run?.predictions;
  // What was fetched of another piece stays until the answer is there.
  const isOfPiece = piece !== null && answer?.time.every((at) => Date.parse(at) >= piece.from);
  const part = isOfPiece && !closer.isFetching ? answer : undefined;
  const chosen = useMemo(() => (all ? pointsOf(all) : []), [all]);
  const points = useMemo(
    () => (part && piece ? withPiece(chosen, pointsOf(part), piece) : chosen),
    [chosen, part, piece],
  );
  const isWhole = chosen.length >= bars;
  const isPieceWhole = part !== undefined && part.time.length < surelyThinned * pointsOfPiece;
  const look = useCallback(
    (view: TimeRange) => {
      if (isWhole) return;
      const known = piece && { ...piece, isWhole: isPieceWhole };
      const wanted = pieceOfView(chosen, points, view, known);
      if (!(piece && wanted && isSameRange(piece, wanted))) setPiece(wanted);
    },
    [isWhole, isPieceWhole, piece, chosen, points],
  );
  const { error, refetch } = first;
  return { points, isWhole, isLoaded: all !== undefined, error, refetch, look };
}
