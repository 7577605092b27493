/** The losses of all runs of an experiment, as they come: a band, its mean, and each run as a thin line in it. */
"use client";
import { useMemo, useRef, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Chart } from "../../components/chart.tsx";
import { ChartFrame } from "../../components/chart-frame/chart-frame.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty } from "../../components/states.tsx";
import { epochAxis, type LossScale, logAxis } from "../../entities/run-history/loss-series.ts";
import { useChartTheme } from "../../lib/use-chart-theme.ts";
import { t, tn } from "../../lib/words/t.ts";
import { bandChartOptions } from "./band-chart-options.ts";
import { bandData, bandKey, pointInWords } from "./band-reading.ts";
import { type BandPoint, bandOf, bandSeries, drawnLosses, type MemberLosses } from "./band-series.ts";
import styles from "./losses-card.module.css";

const scales = (): readonly { value: LossScale; name: string }[] => [
  { value: "linear", name: t("Linear") },
  { value: "log", name: t("scale|Log") },
];

interface Props {
  readonly members: readonly MemberLosses[];
  readonly isActive: boolean;
  /** What is planned while a run trains. */
  readonly epochs: number;
}

export function LossesCard({ members, isActive, epochs }: Props) {
  const [scale, setScale] = useState<LossScale>("log");
  const theme = useChartTheme();
  const begun = useMemo(() => members.filter((member) => member.epochs.length > 0), [members]);
  const series = useMemo(() => bandSeries(begun, scale), [begun, scale]);
  const { min, max, step } = logAxis([{ name: "all", data: drawnLosses(series) }]);
  const band = useMemo(() => bandOf(begun), [begun]);
  const newest = useRef<readonly BandPoint[]>(band);
  newest.current = band;
  const lastEpoch = isActive ? epochs : (band.at(-1)?.epoch ?? 1);
  const count = begun.length;
  const options = useMemo(
    () =>
      theme &&
      bandChartOptions({
        ...{ theme, scale, lastEpoch, members: count, axis: { min, max, step } },
        pointAt: (index) => newest.current[index],
      }),
    [theme, scale, min, max, step, lastEpoch, count],
  );
  return (
    <Card
      title={t("Loss")}
      note={tn(
        count,
        "On validation, in scaled units, of {n} run",
        "On validation, in scaled units, of {n} runs",
      )}
      actions={
        <Segmented label={t("Scale of the losses")} value={scale} choices={scales()} onChange={setScale} />
      }
    >
      <div
        data-testid="band-chart"
        data-members={count}
        data-newest-epoch={band.at(-1)?.epoch}
        className={styles.chart}
      >
        {count === 0 ? (
          <Empty title={isActive ? t("Waiting for the first epoch") : t("No epoch was finished")} />
        ) : (
          options && (
            <ChartFrame
              label={t("Losses by epoch")}
              lines={bandKey(theme!)}
              cursor={{
                count: band.length,
                read: (place) => pointInWords(band[place]),
                across: (place) => (band[place]?.epoch ?? 0) / epochAxis(lastEpoch).max,
              }}
              data={() => bandData(band)}
            >
              <Chart
                // ApexCharts gives a run that begins the look of another one.
                key={count}
                type="rangeArea"
                height={300}
                series={series}
                options={options}
                label={tn(
                  count,
                  "Validation loss of {n} run, lowest, mean and highest by epoch",
                  "Validation loss of {n} runs, lowest, mean and highest by epoch",
                )}
              />
            </ChartFrame>
          )
        )}
      </div>
    </Card>
  );
}
