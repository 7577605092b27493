/** The losses of the compared runs on one chart, as they come. */
"use client";
import { useMemo, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Chart } from "../../components/chart.tsx";
import { ChartFrame } from "../../components/chart-frame/chart-frame.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty } from "../../components/states.tsx";
import { epochAxis, type LossScale, logAxis } from "../../entities/run-history/loss-series.ts";
import { loss } from "../../lib/format.ts";
import { useChartTheme } from "../../lib/use-chart-theme.ts";
import { t } from "../../lib/words/t.ts";
import type { Compared } from "./compared.ts";
import type { Told } from "./follower.tsx";
import { lossLine } from "./lines.ts";
import { lossesLook } from "./look.ts";
import { readingInWords, readingsData, readingsOf } from "./readings.ts";
import { runKey } from "./run-key.ts";

const scales = (): readonly { value: LossScale; name: string }[] => [
  { value: "linear", name: t("Linear") },
  { value: "log", name: t("scale|Log") },
];
const height = 320;
const atEpoch = (epoch: number): string => t("Epoch {epoch}", { epoch });

export function LossCard({ runs, told }: { runs: readonly Compared[]; told: ReadonlyMap<string, Told> }) {
  const [scale, setScale] = useState<LossScale>("log");
  const theme = useChartTheme();
  const lines = useMemo(
    () => runs.map(({ id, name }) => lossLine(name, told.get(id)?.epochs ?? [], scale)),
    [runs, told, scale],
  );
  const { min, max, step } = logAxis(lines);
  const lastEpoch = Math.max(1, ...runs.map((run) => told.get(run.id)?.epochs.at(-1)?.epoch ?? 0));
  const count = runs.length;
  const options = useMemo(
    () => theme && lossesLook({ theme, scale, axis: { min, max, step }, lastEpoch }, count),
    [theme, scale, min, max, step, lastEpoch, count],
  );
  const readings = useMemo(() => readingsOf(lines), [lines]);
  const lossOf = (y: number) => (scale === "log" ? 10 ** y : y);
  const hasLosses = lines.some(({ data }) => data.length > 0);
  return (
    <Card
      title={t("Loss")}
      note={t("Of validation, in scaled units of each run; of training where a run does not validate")}
      actions={
        <Segmented label={t("Scale of the losses")} value={scale} choices={scales()} onChange={setScale} />
      }
    >
      <div data-testid="compared-losses" data-lines={lines.length} style={{ minHeight: height }}>
        {!hasLosses && <Empty title={t("No epoch was finished yet")} />}
        {hasLosses && options && (
          <ChartFrame
            label={t("Losses of {count} runs by epoch", { count })}
            lines={runKey(runs.map(({ name }) => name))}
            cursor={{
              count: readings.places.length,
              read: (place) =>
                readingInWords(readings, place, { place: atEpoch, value: (y) => loss(lossOf(y)) }),
              across: (place) => (readings.places[place] ?? 0) / epochAxis(lastEpoch).max,
            }}
            data={() => readingsData(readings, t("Epoch"), { place: (epoch) => epoch, value: lossOf })}
          >
            <Chart
              key={count}
              type="line"
              height={height}
              series={lines}
              options={options}
              label={t("Losses of {count} runs by epoch", { count })}
            />
          </ChartFrame>
        )}
      </div>
    </Card>
  );
}
