/** Which of the runs may be the best, and which are behind by more than luck. */
"use client";
import { Card } from "../../components/card.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { barTime, pValue } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { said } from "../../lib/words/said.ts";
import { t, tn } from "../../lib/words/t.ts";
import { type BestOfRuns, bestWords } from "./best.ts";
import styles from "./best-card.module.css";
import type { Compared } from "./compared.ts";
import differences from "./differences.module.css";
import { bestOfRunsQuery } from "./documents.ts";
import runName from "./run-name.module.css";
import { Swatch } from "./runs-bar.tsx";

export function BestCard({ runs }: { runs: readonly Compared[] }) {
  const tested = runs.filter(({ test }) => test.time.length > 0);
  const { data, error } = useApiQuery(
    bestOfRunsQuery,
    { runIds: tested.map(({ id }) => id) },
    { pause: tested.length < 2 },
  );
  if (tested.length < 2) return null;
  const best = data?.bestOfRuns;
  return (
    <Card
      title={t("Which may be the best")}
      note={best && best.problem === null ? range(best, tested[0]!) : undefined}
    >
      {error && !best && <Failure error={error} />}
      {!error && !best && <Loading lines={3} label={t("Comparing the errors")} />}
      {best && best.problem !== null && (
        <Empty title={t("Nothing to tell apart yet")}>{said(best.problem)}</Empty>
      )}
      {best && best.problem === null && (
        <>
          <p>{bestWords(best)}</p>
          <ul className={styles.list} data-testid="best-of-runs">
            {best.compared.map(({ run, isNaive, pValue: p, mayBeBest }) => {
              const at = runs.findIndex(({ id }) => id === run?.id);
              if (at < 0 && !isNaive) return null;
              return (
                <li key={run?.id ?? "naive"}>
                  {!isNaive && <Swatch at={at} />}{" "}
                  <span className={runName.name}>{isNaive ? t("Naive forecast") : runs[at]!.name}</span>
                  <span
                    className={`${differences.delta} ${mayBeBest ? differences.better : differences.worse}`}
                  >
                    {p === null
                      ? t("not tested")
                      : mayBeBest
                        ? t("may be the best")
                        : t("behind, {p}", { p: pValue(p) })}
                  </span>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </Card>
  );
}

const range = ({ bars, from, to }: BestOfRuns, { priceSeries: { timezone } }: Compared): string =>
  from && to
    ? tn(
        bars,
        "One step ahead on {n} bar that all predicted: {from}",
        "One step ahead on {n} bars that all predicted: {from} to {to}",
        {
          from: barTime(from, timezone),
          to: barTime(to, timezone),
        },
      )
    : "";
