/** Two to ten runs side by side: their losses, in what they differ, and how far each was off. */
"use client";
import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { t, tn } from "../../lib/words/t.ts";
import { BestCard } from "./best-card.tsx";
import styles from "./compare-page.module.css";
import { haveOneUnit, mostRuns, unlikeTests } from "./compared.ts";
import { ConfigurationCard, ScoresCard } from "./differences.tsx";
import { comparedColumnsQuery } from "./documents.ts";
import { ErrorCard } from "./error-card.tsx";
import { LossCard } from "./loss-card.tsx";
import { RunsBar } from "./runs-bar.tsx";
import { useCompared } from "./use-compared.tsx";

const parsers = { runs: parseAsArrayOf(parseAsString).withDefault([]), base: parseAsString };

export function ComparePage() {
  const [state, set] = useQueryStates(parsers, { history: "push", scroll: false, shallow: true });
  const asked = useMemo(() => [...new Set(state.runs.filter(Boolean))], [state.runs]);
  const ids = useMemo(() => asked.slice(0, mostRuns), [asked]);
  const { told, followers } = useCompared(ids);
  const { data: about } = useApiQuery(comparedColumnsQuery, {}, { about: ["Run"] });
  const runs = useMemo(() => ids.flatMap((id) => told.get(id)?.run ?? []), [ids, told]);
  const missing = ids.filter((id) => told.get(id)?.run === null);
  const problem = ids.map((id) => told.get(id)?.problem ?? null).find((one) => one !== null);
  const isKnown = ids.every((id) => told.get(id)?.run !== undefined);
  const base =
    runs.find(({ id }) => id === state.base) ?? runs.find(({ isBaseline }) => isBaseline) ?? runs[0];
  const unlike = useMemo(() => unlikeTests(runs), [runs]);
  const others = (about?.runs.edges ?? []).map(({ node }) => node).filter(({ id }) => !ids.includes(id));
  return (
    <>
      <TabTitle>{t("Compare")}</TabTitle>
      <PageHeader
        title={t("Compare")}
        facts={tn(ids.length, "{n} run", "{n} runs")}
        actions={<ButtonLink href="/runs">{t("All runs")}</ButtonLink>}
      />
      {followers}
      <div className={styles.page}>
        {asked.length > mostRuns && (
          <Notice
            tone="caution"
            title={t("The first {most} of {all} runs are compared", { most: mostRuns, all: asked.length })}
          >
            <p>{t("Take some away and add others in their place.")}</p>
          </Notice>
        )}
        {missing.length > 0 && (
          <Notice
            tone="caution"
            title={tn(
              missing.length,
              "{n} run of this address is not there",
              "{n} runs of this address are not there",
            )}
          >
            <p>{t("Deleted perhaps, or the address is mistyped. The others are compared.")}</p>
          </Notice>
        )}
        {problem && runs.length === 0 && <Failure error={{ message: problem }} />}
        <Card title={t("Runs")}>
          {ids.length > 0 && !isKnown && runs.length === 0 && !problem && (
            <Loading lines={4} label={t("Loading the runs")} />
          )}
          {ids.length === 0 && (
            <Empty title={t("Which runs?")}>
              {t("Choose two to ten in the table of runs, or add them here.")}
            </Empty>
          )}
          <RunsBar
            {...{ runs, others }}
            baseId={base?.id ?? ""}
            onBase={(id) => set({ base: id })}
            onRemove={(id) =>
              set({ runs: ids.filter((one) => one !== id), ...(state.base === id && { base: null }) })
            }
            onAdd={(id) => set({ runs: [...ids, id] })}
          />
        </Card>
        {unlike && (
          <Notice tone="caution" title={t("Not tested on the same")}>
            <p>{unlike}</p>
          </Notice>
        )}
        {base && runs.length > 0 && (
          <>
            <ScoresCard runs={runs} base={base} columns={about?.runColumns ?? []} />
            {haveOneUnit(runs) && <BestCard runs={runs} />}
            <LossCard runs={runs} told={told} />
            <ConfigurationCard runs={runs} base={base} />
            <ErrorCard runs={runs} base={base} />
          </>
        )}
      </div>
    </>
  );
}
