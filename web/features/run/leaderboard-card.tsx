/** Every forecaster on the same targets, by split and by step of the horizon, the run's network marked among them. */
"use client";
import { useState } from "react";
import { Card } from "../../components/card.tsx";
import { ScrollBox } from "../../components/scroll-box.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Failure } from "../../components/states.tsx";
import table from "../../components/table.module.css";
import { Skill } from "../../entities/run/skill.tsx";
import { type Target, targetOf } from "../../entities/run/target.ts";
import type { Split } from "../../graphql/generated/graphql.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { t, tn } from "../../lib/words/t.ts";
import { leaderboardQuery } from "./documents.ts";
import {
  betterInWords,
  columnsOf,
  directionCell,
  type ForecasterRow,
  nameOf,
  rowsOf,
  upsInWords,
} from "./leaderboard.ts";
import styles from "./leaderboard-card.module.css";
import type { Run } from "./run.ts";
import { StepChoice } from "./step-choice.tsx";

const splits = (): readonly { value: Split; name: string }[] => [
  { value: "TEST", name: t("Test") },
  { value: "VALIDATION", name: t("Validation") },
  { value: "TRAIN", name: t("Train") },
];

export function LeaderboardCard({ run }: { run: Run }) {
  const [split, setSplit] = useState<Split>("TEST");
  const [step, setStep] = useState<number | null>(null);
  const isFirst = split === "TEST" && step === null;
  const asked = { id: run.id, split, step };
  const { data, error, isFetching, refetch } = useApiQuery(leaderboardQuery, asked, { pause: isFirst });
  const known = isFirst ? run.leaderboard : (data?.run?.leaderboard ?? run.leaderboard);
  const rows = rowsOf(known, run.scores, split, step);
  const target = targetOf(run.config.target, run.priceSeries.currency);
  const isValidated = run.scores.some((one) => one.split === "VALIDATION");
  return (
    <Card
      title={t("Forecasters")}
      note={
        rows[0] &&
        tn(
          rows[0].count,
          "Each on the same {n} target, the smallest error first",
          "Each on the same {n} targets, the smallest error first",
        )
      }
      actions={
        <>
          {run.config.horizon > 1 && (
            <StepChoice horizon={run.config.horizon} step={step} hasAll onChange={setStep} />
          )}
          <Segmented
            label={t("Part of the series")}
            value={split}
            choices={splits().filter(({ value }) => value !== "VALIDATION" || isValidated)}
            onChange={setSplit}
          />
        </>
      }
      isFlush
    >
      {error && <Failure error={error} onRetry={refetch} />}
      <div data-testid="leaderboard" data-step={step ?? "all"} aria-busy={!isFirst && isFetching}>
        <ScrollBox label={t("Scores of all forecasters")}>
          <Rows rows={rows} target={target} />
        </ScrollBox>
      </div>
    </Card>
  );
}

function Rows({ rows, target }: { rows: readonly ForecasterRow[]; target: Target }) {
  const columns = columnsOf(target);
  const ups = upsInWords(rows);
  return (
    <table className={`${table.table} ${styles.forecasters}`}>
      <thead>
        <tr>
          <th scope="col">{t("Forecaster")}</th>
          <th
            scope="col"
            className={table.number}
            title={t("Share of the error of the {naive} that it removes", {
              naive: target.lastValue.toLowerCase(),
            })}
          >
            {t("Skill")}
          </th>
          {columns.map(({ name, hint }) => (
            <th key={name} scope="col" className={table.number} title={hint}>
              {name}
            </th>
          ))}
          <th scope="col" className={table.number} title={t("Share of moves whose direction was forecast")}>
            {t("Direction")}
            {ups && <span className={styles.ups}>{ups}</span>}
          </th>
          <th scope="col" title={t("A test of whether both are equally good (Diebold and Mariano 1995)")}>
            {t("Is this network better?")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { key, name, hint } = nameOf(row, target);
          const isOwn = row.forecaster === "GRU";
          return (
            <tr key={key} className={isOwn ? styles.own : undefined} data-forecaster={key}>
              <th scope="row" title={hint}>
                {name}
              </th>
              <td className={table.number}>
                {row.forecaster === "LAST_VALUE" ? "0%" : <Skill value={row.skill} />}
              </td>
              {columns.map((column) => (
                <td key={column.name} className={table.number}>
                  {column.cell(row)}
                </td>
              ))}
              <td className={table.number}>{directionCell(row)}</td>
              <td className={styles.better}>{betterInWords(row)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
