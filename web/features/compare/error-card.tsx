/** How far each run was off, bar by bar of its test, beside the naive forecast. */
"use client";
import { useMemo, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Chart } from "../../components/chart.tsx";
import { ChartFrame } from "../../components/chart-frame/chart-frame.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty } from "../../components/states.tsx";
import { barTime, price } from "../../lib/format.ts";
import { useChartTheme } from "../../lib/use-chart-theme.ts";
import { t } from "../../lib/words/t.ts";
import { type Compared, haveOneUnit } from "./compared.ts";
import { errorLine } from "./lines.ts";
import { errorsLook } from "./look.ts";
import { acrossOf, readingInWords, readingsData, readingsOf } from "./readings.ts";
import { runKey } from "./run-key.ts";

const means = () => [
  { value: "1" as const, name: t("Each bar") },
  { value: "20" as const, name: t("Mean of 20 bars") },
];
const height = 300;

interface Props {
  readonly runs: readonly Compared[];
  /** Its naive forecast is drawn. */
  readonly base: Compared;
}

export function ErrorCard({ runs, base }: Props) {
  const [bars, setBars] = useState<"1" | "20">("20");
  const theme = useChartTheme();
  const series = useMemo(() => {
    const own = runs.map((run) => {
      const { name, test } = run;
      return haveOneUnit([run, base])
        ? errorLine(name, test, test.predicted, Number(bars))
        : { name, data: [] };
    });
    return [...own, errorLine(t("Naive forecast"), base.test, base.test.naive, Number(bars))].map((line) => ({
      ...line,
      data: [...line.data],
    }));
  }, [runs, base, bars]);
  const { timezone } = base.priceSeries;
  const count = runs.length;
  const options = useMemo(() => theme && errorsLook({ theme, timezone, count }), [theme, timezone, count]);
  const readings = useMemo(
    () =>
      readingsOf(series.map(({ name, data }) => ({ name, data: data.map(({ x, y }) => [x, y] as const) }))),
    [series],
  );
  const words = { place: (time: number) => barTime(time, timezone), value: price };
  const label = t("Absolute errors of {count} runs and the naive forecast over the test", { count });
  const naiveKey = theme ? [{ name: t("Naive forecast"), colour: theme.naive, dash: "3 3" }] : [];
  // A volatility and a price have no axis in common.
  const drawn = runs.map((run) => haveOneUnit([run, base]));
  const isAll = drawn.every((it) => it);
  const key = [...runKey(runs.map(({ name }) => name)).filter((_, at) => drawn[at]), ...naiveKey];
  const hasErrors = series.some(({ data }) => data.length > 0);
  return (
    <Card
      title={t("Error over time")}
      note={
        isAll
          ? t("How far the predictions of the test were off, one step ahead; dashed grey: the naive forecast")
          : t(
              "How far the predictions of the test were off, one step ahead, of the runs that predict what the base does; dashed grey: the naive forecast",
            )
      }
      actions={<Segmented label={t("Errors")} value={bars} choices={means()} onChange={setBars} />}
    >
      <div data-testid="compared-errors" style={{ minHeight: height }}>
        {!hasErrors && <Empty title={t("No run has been tested yet")} />}
        {hasErrors && options && (
          <ChartFrame
            label={label}
            lines={key}
            cursor={{
              count: readings.places.length,
              read: (place) => readingInWords(readings, place, words),
              across: (place) => acrossOf(readings.places, place),
            }}
            data={() =>
              readingsData(readings, t("Time"), {
                place: (time) => new Date(time).toISOString(),
                value: (error) => error,
              })
            }
          >
            <Chart key={count} type="line" height={height} series={series} options={options} label={label} />
          </ChartFrame>
        )}
      </div>
    </Card>
  );
}
