/** The losses of a run, epoch by epoch, as they come, against what the naive forecast loses. */
"use client";
import { useCallback, useMemo, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Chart } from "../../components/chart.tsx";
import { ChartFrame } from "../../components/chart-frame/chart-frame.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty } from "../../components/states.tsx";
import { loss } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useChartTheme } from "../../lib/use-chart-theme.ts";
import { t } from "../../lib/words/t.ts";
import { lossChartOptions, lossKey } from "./loss-chart-options.ts";
import { LossControls } from "./loss-controls.tsx";
import { epochsOfRangeQuery } from "./loss-documents.ts";
import { epochInWords, lossData, placeAcross } from "./loss-reading.ts";
import {
  type EpochRange,
  isWithin,
  type LossScale,
  logAxis,
  lossLines,
  lowestValidation,
  missingRange,
  naiveName,
  withRange,
} from "./loss-series.ts";
import { LossStrip } from "./loss-strip.tsx";
import type { EpochPoint } from "./run-history.ts";

const scales = (): readonly { value: LossScale; name: string }[] => [
  { value: "linear", name: t("Linear") },
  { value: "log", name: t("scale|Log") },
];

interface Props {
  readonly epochs: readonly EpochPoint[];
  readonly lastEpoch: number;
  /** The epoch whose weights were scored; null while none is chosen. */
  readonly scoredEpoch: number | null;
  readonly isActive: boolean;
  readonly height?: number;
  /** What the naive forecast loses where the run validates; null: not known. */
  readonly naiveLoss?: number | null;
  /** Given, a closer look at a long run fetches its epochs, and there are controls for smoothing and range. */
  readonly runId?: string;
}

export function LossChart(props: Props) {
  const { lastEpoch, scoredEpoch, isActive, height = 300, naiveLoss = null, runId } = props;
  const [scale, setScale] = useState<LossScale>("log");
  const [smoothing, setSmoothing] = useState(0);
  const [range, setRange] = useState<EpochRange | null>(null);
  const theme = useChartTheme();
  const epochs = useCloserLook(props.epochs, range, runId);
  const lines = useMemo(
    () => lossLines(epochs, scale, { best: true, naiveLoss, smoothing, range, lastEpoch }),
    [epochs, scale, naiveLoss, smoothing, range, lastEpoch],
  );
  // Looked at closely, the losses fill the height, wherever the naive line lies.
  const held = range ? lines.filter(({ name }) => name !== naiveName()) : lines;
  const { min, max, step } = logAxis(held);
  const names = lines.map(({ name }) => name).join("\n");
  const hasOnePoint = (lines[0]?.data.length ?? 0) <= 1;
  // While all is in view a linear axis begins at 0, so that nothing has to be handed over with each epoch.
  const values = useMemo(
    () =>
      range
        ? lines.filter(({ name }) => name !== naiveName()).flatMap(({ data }) => data.map(([, y]) => y))
        : undefined,
    [range, lines],
  );
  const zoom = useCallback((to: EpochRange | null) => setRange(clamped(to, lastEpoch)), [lastEpoch]);
  const options = useMemo(
    () =>
      theme &&
      lossChartOptions({
        ...{ theme, scale, axis: { min, max, step }, lastEpoch, scoredEpoch, range, hasOnePoint },
        ...(values && { values }),
        lines: names.split("\n"),
        onRange: zoom,
      }),
    [theme, scale, min, max, step, lastEpoch, scoredEpoch, range, values, names, hasOnePoint, zoom],
  );
  const inView = useMemo(() => epochs.filter(({ epoch }) => isWithin(epoch, range)), [epochs, range]);
  const cursor = {
    count: inView.length,
    read: (place: number) => epochInWords(inView[place], naiveLoss),
    across: (place: number) => placeAcross(inView[place], range, lastEpoch),
  };
  const isDrawn = epochs.length > 0 || (isActive && naiveLoss !== null);
  const hasControls = runId !== undefined && (isActive || epochs.length > 0);
  return (
    <Card
      title={t("Loss")}
      note={noteOn(props.epochs)}
      actions={
        <Segmented label={t("Scale of the losses")} value={scale} choices={scales()} onChange={setScale} />
      }
    >
      {hasControls && (
        <LossControls
          {...{ smoothing, range, lastEpoch, isDisabled: epochs.length < 2 }}
          onSmoothing={setSmoothing}
          onRange={zoom}
        />
      )}
      <div
        data-testid="loss-chart"
        data-points={props.epochs.length}
        data-newest-epoch={props.epochs.at(-1)?.epoch}
        // Kept free until the chart's code is there.
        style={{ minHeight: height }}
      >
        {!isDrawn ? (
          <Empty title={isActive ? t("Waiting for the first epoch") : t("No epoch was finished")}>
            {isActive ? t("The curve starts as soon as it is through.") : t("There is no loss to draw.")}
          </Empty>
        ) : (
          <ChartFrame
            label={t("Loss by epoch")}
            lines={theme ? lossKey(lines, theme) : []}
            cursor={cursor}
            data={() => lossData(inView, naiveLoss)}
          >
            <div style={{ minHeight: height }}>
              {options && (
                <Chart
                  // ApexCharts keeps the marks of a line that was there before.
                  key={names}
                  {...{ type: "line", height, series: lines, options, label: noteOn(props.epochs) }}
                />
              )}
            </div>
          </ChartFrame>
        )}
        {hasControls && (
          <LossStrip epochs={props.epochs} lastEpoch={lastEpoch} range={range} onRange={zoom} />
        )}
      </div>
    </Card>
  );
}

/** The epochs that were fetched and heard; of a piece of a long run all that a screen can show. */
function useCloserLook(epochs: readonly EpochPoint[], range: EpochRange | null, runId: string | undefined) {
  const missing = runId === undefined ? null : missingRange(epochs, range);
  const { from = 0, to = 0 } = missing ?? {};
  const { data } = useApiQuery(epochsOfRangeQuery, { id: runId ?? "", from, to }, { pause: !missing });
  const closer = data?.run?.epochs;
  return useMemo(
    () => (missing && closer && isOf(closer, missing) ? withRange(epochs, closer, missing) : epochs),
    [missing, closer, epochs],
  );
}

/** What was fetched of another range stays until the answer is there. */
const isOf = (closer: readonly EpochPoint[], range: EpochRange) =>
  closer.length > 0 && closer.every(({ epoch }) => isWithin(epoch, range));

function clamped(range: EpochRange | null, lastEpoch: number): EpochRange | null {
  if (!range) return null;
  const from = Math.max(0, Math.min(range.from, range.to, lastEpoch - 1));
  const to = Math.min(lastEpoch, Math.max(range.from, range.to, from + 1));
  return from <= 1 && to >= lastEpoch ? null : { from, to };
}

function noteOn(epochs: readonly EpochPoint[]): string {
  const best = lowestValidation(epochs);
  if (!best) return t("Mean loss in scaled units");
  return t("Mean loss in scaled units; validation lowest at epoch {epoch}: {loss}", {
    epoch: best.epoch,
    loss: loss(best.validationLoss),
  });
}
