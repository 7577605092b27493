/** The losses of the compared runs on one chart, as they come. */
"use client";
import { useMemo, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Chart } from "../../components/chart.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty } from "../../components/states.tsx";
import { type LossScale, logAxis } from "../../entities/run-history/loss-series.ts";
import { useChartTheme } from "../../lib/use-chart-theme.ts";
import { t } from "../../lib/words/t.ts";
import type { Compared } from "./compared.ts";
import type { Told } from "./follower.tsx";
import { lossLine } from "./lines.ts";
import { lossesLook } from "./look.ts";

const scales = (): readonly { value: LossScale; name: string }[] => [
  { value: "linear", name: t("Linear") },
  { value: "log", name: t("scale|Log") },
];
const height = 320;

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
          <Chart
            key={count}
            type="line"
            height={height}
            series={lines}
            options={options}
            label={t("Losses of {count} runs by epoch", { count })}
          />
        )}
      </div>
    </Card>
  );
}
