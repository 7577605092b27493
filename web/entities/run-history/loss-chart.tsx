/** The losses of a run, epoch by epoch, as they come. */
"use client";
import { useMemo, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Chart } from "../../components/chart.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty } from "../../components/states.tsx";
import { loss } from "../../lib/format.ts";
import { useChartTheme } from "../../lib/use-chart-theme.ts";
import { lossChartOptions } from "./loss-chart-options.ts";
import { type LossScale, logAxis, lossLines, lowestValidation } from "./loss-series.ts";
import type { EpochPoint } from "./run-history.ts";

const scales: readonly { value: LossScale; name: string }[] = [
  { value: "linear", name: "Linear" },
  { value: "log", name: "Log" },
];

interface Props {
  readonly epochs: readonly EpochPoint[];
  readonly lastEpoch: number;
  /** The epoch whose weights were scored; null while none is chosen. */
  readonly scoredEpoch: number | null;
  readonly isActive: boolean;
  readonly height?: number;
}

export function LossChart({ epochs, lastEpoch, scoredEpoch, isActive, height = 300 }: Props) {
  const [scale, setScale] = useState<LossScale>("log");
  const theme = useChartTheme();
  const lines = useMemo(() => lossLines(epochs, scale), [epochs, scale]);
  const { min, max, step } = logAxis(lines);
  const options = useMemo(
    () => theme && lossChartOptions({ theme, scale, axis: { min, max, step }, lastEpoch, scoredEpoch }),
    [theme, scale, min, max, step, lastEpoch, scoredEpoch],
  );
  return (
    <Card
      title="Loss"
      note={noteOn(epochs)}
      actions={<Segmented label="Scale of the losses" value={scale} choices={scales} onChange={setScale} />}
    >
      <div
        data-testid="loss-chart"
        data-points={epochs.length}
        data-newest-epoch={epochs.at(-1)?.epoch}
        // Kept free until the chart's code is there.
        style={{ minHeight: height }}
      >
        {epochs.length === 0 ? (
          <Empty title={isActive ? "Waiting for the first epoch" : "No epoch was finished"}>
            {isActive ? "The curve starts as soon as it is through." : "There is no loss to draw."}
          </Empty>
        ) : (
          options && (
            <Chart type="line" height={height} series={lines} options={options} label={noteOn(epochs)} />
          )
        )}
      </div>
    </Card>
  );
}

function noteOn(epochs: readonly EpochPoint[]): string {
  const best = lowestValidation(epochs);
  const unit = "Mean loss in scaled units";
  return best ? `${unit}; validation lowest at epoch ${best.epoch}: ${loss(best.validationLoss)}` : unit;
}
