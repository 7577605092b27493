/** What a run says of the bars to come, with the intervals that should hold them and how such forecasts did. */
"use client";
import { useState } from "react";
import { Card } from "../../components/card.tsx";
import { Notice } from "../../components/notice.tsx";
import { ScrollBox } from "../../components/scroll-box.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import table from "../../components/table.module.css";
import { listed } from "../../entities/run/listed.ts";
import { type Target, targetOf } from "../../entities/run/target.ts";
import type { Forecaster } from "../../graphql/generated/graphql.ts";
import { inWords } from "../../lib/api-words.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { said } from "../../lib/words/said.ts";
import { t, tn } from "../../lib/words/t.ts";
import { forecastQuery } from "./documents.ts";
import { FanChart } from "./fan-chart.tsx";
import { type Forecast, forecastRows, originInWords, recordInWords, type TrackRecord } from "./forecast.ts";
import styles from "./forecast-card.module.css";
import { ForecasterChoice } from "./forecaster-choice.tsx";
import type { Run } from "./run.ts";

type Level = "0.8" | "0.95";
const levels: readonly { value: Level; name: string }[] = [
  { value: "0.8", name: "80%" },
  { value: "0.95", name: "95%" },
];
const fewest = 5;
const farther = 20;

export function ForecastCard({ run }: { run: Run }) {
  const near = Math.max(fewest, Math.min(run.config.horizon, farther));
  const [steps, setSteps] = useState(near);
  const [level, setLevel] = useState<Level>("0.95");
  const [by, setBy] = useState("GRU");
  const target = targetOf(run.config.target, run.priceSeries.currency);
  const kinds = [...new Set(run.leaderboard.map(({ forecaster }) => forecaster))].filter(
    (kind) => kind !== "OUTSIDE",
  );
  const { data, error, refetch } = useApiQuery(forecastQuery, {
    ...{ id: run.id, steps, level: Number(level), forecaster: by as Forecaster },
  });
  const forecast = data?.run?.forecast;
  return (
    <Card
      title={t("Forecast: {noun} of the next bars", { noun: target.word })}
      note={forecast && said(forecast.calendar)}
      actions={
        <>
          {kinds.length > 1 && (
            <ForecasterChoice
              label={t("Who forecasts")}
              forecasters={kinds.map((forecaster) => ({ forecaster, name: null }))}
              target={target}
              value={by}
              onChange={setBy}
            />
          )}
          <Segmented label={t("Level of the intervals")} value={level} choices={levels} onChange={setLevel} />
          <Segmented
            label={t("How far ahead")}
            value={String(steps)}
            choices={[near, farther, 60].map((bars) => ({
              value: String(bars),
              name: tn(bars, "{n} bar", "{n} bars"),
            }))}
            onChange={(bars) => setSteps(Number(bars))}
          />
        </>
      }
    >
      <div className={styles.forecast} data-testid="forecast" data-bars={forecast?.time.length ?? 0}>
        {error && !data && <Failure error={error} onRetry={refetch} />}
        {!error && !data && <Loading lines={6} label={t("Loading the forecast")} />}
        {data && !forecast && (
          <Empty title={t("This run cannot forecast")}>
            {t("It ended before what a forecast needs was kept with a run. Train it again.")}
          </Empty>
        )}
        {forecast && (
          <Told
            forecast={forecast}
            record={data?.run?.trackRecord ?? null}
            target={target}
            timezone={run.priceSeries.timezone}
          />
        )}
      </div>
    </Card>
  );
}

interface ToldProps {
  readonly forecast: Forecast;
  readonly record: TrackRecord | null;
  readonly target: Target;
  readonly timezone: string;
}

function Told({ forecast, record, target, timezone }: ToldProps) {
  const isFar = forecast.isBeyondHorizon.includes(true);
  return (
    <>
      {forecast.isUnlikeTraining && (
        <Notice tone="caution" title={t("The newest bars are unlike what the network was trained on")}>
          <p>{t("What it says of them is worth less than its test promises.")}</p>
        </Notice>
      )}
      {record?.drift && (
        <Notice tone="caution" title={t("It errs more than on its test")}>
          <p>{inWords(record.drift)}</p>
        </Notice>
      )}
      <FanChart forecast={forecast} target={target} timezone={timezone} />
      <div className={styles.rows}>
        <ScrollBox label={t("Forecast of the next bars")}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t("Bar")}</th>
                <th scope="col" className={table.number}>
                  {listed([t("Predicted"), ...(target.unit ? [target.unit] : [])])}
                </th>
                <th scope="col" className={table.number}>
                  {t("{level}% interval", { level: forecast.level * 100 })}
                </th>
              </tr>
            </thead>
            <tbody>
              {forecastRows(forecast, target, timezone).map((row) => (
                <tr key={row.key} className={row.isBeyond ? styles.beyond : undefined}>
                  <th scope="row">{row.when}</th>
                  <td className={table.number}>{row.predicted}</td>
                  <td className={table.number}>{row.interval}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </div>
      {isFar && (
        <p className={styles.words}>
          {t(
            "Bars in grey lie beyond the horizon: predictions are fed back, and intervals widen as no error was measured there.",
          )}
        </p>
      )}
      <p className={styles.words}>{originInWords(forecast, timezone)}</p>
      <p className={styles.words}>{recordInWords(record, target)}</p>
    </>
  );
}
