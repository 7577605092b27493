/** Runs as rows: what is trained on what, how far it is, how good it became. */
"use client";
import { PageLink } from "../../components/page-link.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import table from "../../components/table.module.css";
import { duration, moment, percent, timeAgo, timeLeft, word } from "../../lib/format.ts";
import { useNow } from "../../lib/use-now.ts";
import { rich, t } from "../../lib/words/t.ts";
import { listed } from "../run/listed.ts";
import { Skill } from "../run/skill.tsx";
import { waitingSentence } from "../run/status.ts";
import { StatusChip } from "../run/status-chip.tsx";
import type { RunRow } from "./live-runs.ts";

interface Props {
  readonly runs: readonly RunRow[];
  /** Where runs may be chosen: the ids of those that are. */
  readonly chosen?: ReadonlySet<string>;
  readonly onChoose?: (chosen: ReadonlySet<string>) => void;
  /** What stands beneath a run's name, by its id, instead of its series and experiment. */
  readonly notes?: ReadonlyMap<string, string> | undefined;
}

export function RunsTable({ runs, chosen, onChoose, notes }: Props) {
  const now = useNow(15_000);
  return (
    <table className={table.table}>
      <thead>
        <tr>
          {onChoose && (
            <th scope="col">
              <input
                type="checkbox"
                aria-label={t("Choose all runs that do not train")}
                checked={chosen!.size > 0}
                onChange={({ target }) => onChoose(target.checked ? idsOfIdle(runs) : new Set())}
              />
            </th>
          )}
          <th scope="col">{t("Run")}</th>
          <th scope="col">{t("Status")}</th>
          <th scope="col" className={table.wide}>
            {t("Progress")}
          </th>
          <th
            scope="col"
            className={table.number}
            title={t("On the test: the share of the naive forecast's error that the model removes")}
          >
            {t("Skill")}
          </th>
          <th scope="col" className={table.wide}>
            {t("Engine")}
          </th>
          <th scope="col" className={`${table.number} ${table.wide}`}>
            {t("Started")}
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id} data-run={run.id}>
            {onChoose && (
              <td>
                <input
                  type="checkbox"
                  aria-label={t("Choose {name}", { name: run.name })}
                  title={
                    run.status === "RUNNING" ? t("It trains: cancel it before it can be deleted") : undefined
                  }
                  disabled={run.status === "RUNNING"}
                  checked={chosen!.has(run.id)}
                  onChange={({ target }) => onChoose(withOrWithout(chosen!, run.id, target.checked))}
                />
              </td>
            )}
            <td>
              <PageLink
                href={`/runs/${run.id}`}
                className={`${table.name} ${table.given}`}
                title={run.name}
                dir="auto"
              >
                {run.name}
              </PageLink>
              <span className={table.sub}>{notes?.get(run.id) ?? <Origin run={run} />}</span>
            </td>
            <td>
              <StatusChip status={run.status} />
              {run.status === "RUNNING" && (
                <span className={`${table.sub} ${table.narrow}`}>
                  {percent(run.epoch / run.config.epochs)}
                </span>
              )}
            </td>
            <td className={`${table.progress} ${table.wide}`}>
              <Progress run={run} />
            </td>
            <td className={table.number}>
              <TestSkill run={run} />
            </td>
            <td className={`${table.soft} ${table.wide}`}>{run.engine ? word(run.engine) : "–"}</td>
            <td className={`${table.number} ${table.soft} ${table.wide}`}>
              <time dateTime={run.createdAt} title={moment(run.createdAt)}>
                {timeAgo(Date.parse(run.createdAt), now)}
              </time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The series, and the experiment that the run is a part of. */
function Origin({ run: { priceSeries, experiment } }: { run: RunRow }) {
  const series = priceSeries.name ?? priceSeries.symbol;
  if (!experiment) return series;
  return rich("{series}, part of {experiment}", {
    series,
    experiment: <PageLink href={`/experiments/${experiment.id}`}>{experiment.name}</PageLink>,
  });
}

const idsOfIdle = (runs: readonly RunRow[]): ReadonlySet<string> =>
  new Set(runs.filter(({ status }) => status !== "RUNNING").map(({ id }) => id));

function withOrWithout(chosen: ReadonlySet<string>, id: string, isChosen: boolean): ReadonlySet<string> {
  const next = new Set(chosen);
  if (isChosen) next.add(id);
  else next.delete(id);
  return next;
}

function Progress({ run }: { run: RunRow }) {
  const { epochs } = run.config;
  if (run.status === "QUEUED")
    return <span className={table.soft}>{waitingSentence(run.queuePosition)}</span>;
  if (run.status === "RUNNING")
    return (
      <>
        <ProgressBar done={run.epoch} total={epochs} label={t("Epochs of {name}", { name: run.name })} />
        <span className={table.sub}>
          {listed([
            t("{epoch} of {epochs}", { epoch: run.epoch, epochs }),
            run.etaMs !== null && timeLeft(run.etaMs),
          ])}
        </span>
      </>
    );
  const tookMs =
    run.startedAt && run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : null;
  return (
    <span className={table.soft}>
      {listed([
        t("{epoch} of {epochs} epochs", { epoch: run.epoch, epochs }),
        tookMs !== null && duration(tookMs),
      ])}
    </span>
  );
}

function TestSkill({ run }: { run: RunRow }) {
  const test = run.scores.find(({ split }) => split === "TEST");
  return test ? <Skill value={test.skill} /> : <span className={table.soft}>–</span>;
}
