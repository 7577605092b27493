/** Up to three runs whose predictions of the test lie over a series' prices. */
"use client";
import { useMemo, useState } from "react";
import type { Overlays } from "../../components/price-plot/overlays.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useChartTheme } from "../../lib/use-chart-theme.ts";
import { laidPredictionsQuery, layableRunsQuery } from "./documents.ts";
import { layable, lineOf, withLaid } from "./laid-runs.ts";

const maxPoints = 2000;

export function useLaidRuns(seriesId: string) {
  const [laid, setLaid] = useState<readonly string[]>([]);
  const theme = useChartTheme();
  const { data } = useApiQuery(layableRunsQuery, { seriesId }, { about: ["Run"] });
  const runs = useMemo(() => layable(data?.runs.edges.map(({ node }) => node) ?? []), [data]);
  const first = usePredictions(laid[0]);
  const second = usePredictions(laid[1]);
  const third = usePredictions(laid[2]);
  const overlays = useMemo((): Overlays => {
    if (!theme) return {};
    const lines = [first, second, third].flatMap((run, place) => {
      const name = runs.find(({ id }) => id === laid[place])?.name ?? "";
      // While another run's predictions are asked for, those of the one before are still there.
      const line = run?.id === laid[place] ? lineOf(place, name, run, theme) : null;
      return line ?? [];
    });
    return { lines };
  }, [theme, first, second, third, runs, laid]);
  return {
    runs,
    laid,
    overlays,
    lay: (id: string, isLaid: boolean) => setLaid((before) => withLaid(before, id, isLaid)),
  };
}

function usePredictions(id: string | undefined) {
  const { data } = useApiQuery(
    laidPredictionsQuery,
    { id: id ?? "", maxPoints },
    { pause: id === undefined },
  );
  return id === undefined ? null : (data?.run ?? null);
}
