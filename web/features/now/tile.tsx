/** One live run: its validation loss against the naive forecast's, how far it is, what is best so far, and Stop. */
"use client";
import { memo, useEffect, useMemo, useSyncExternalStore } from "react";
import { CurveCanvas } from "../../components/curve-canvas.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { listed } from "../../entities/run/listed.ts";
import { Skill } from "../../entities/run/skill.tsx";
import { StatusChip } from "../../entities/run/status-chip.tsx";
import { StopMenu } from "../../entities/run/stop-menu.tsx";
import { runSnapshotQuery } from "../../entities/run-history/documents.ts";
import { lowestValidation } from "../../entities/run-history/loss-series.ts";
import { progressOf } from "../../entities/run-history/progress.ts";
import { curveOf, heightOf } from "../../entities/run-history/relative-curve.ts";
import { useRunHistory } from "../../entities/run-history/use-run-history.ts";
import type { RunRow } from "../../entities/run-list/live-runs.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import type { Scales } from "./scales.ts";
import styles from "./tile.module.css";
import { attentionWords, bestWords, farWords } from "./tile-words.ts";

export type TileSize = "tile" | "row" | "wall";
const heights: Readonly<Record<TileSize, number>> = { tile: 72, row: 34, wall: 150 };

interface Props {
  readonly run: RunRow;
  readonly scales: Scales;
  readonly size: TileSize;
  /** On a wall there is nothing to press. */
  readonly isTouchable: boolean;
}

export const Tile = memo(function Tile({ run, scales, size, isTouchable }: Props) {
  const { data, isFetching, refetch } = useApiQuery(runSnapshotQuery, { id: run.id });
  const history = useRunHistory({ snapshot: data?.run ?? null, isFetching, refetch });
  const progress = progressOf(run, history);
  const { naiveLoss } = run;
  const seriesId = run.priceSeries.id;
  const points = useMemo(() => curveOf(history.epochs, naiveLoss), [history.epochs, naiveLoss]);
  const scale = useSyncExternalStore(
    scales.onChange,
    () => scales.of(seriesId),
    () => scales.of(seriesId),
  );
  useEffect(() => scales.widen(seriesId, points), [scales, seriesId, points]);

  const lowest = lowestValidation(history.epochs);
  const best = lowest && { loss: lowest.validationLoss!, epoch: lowest.epoch };
  const { epochs } = progress;
  const curve = useMemo(() => {
    const place = ({ epoch, level }: { epoch: number; level: number }) =>
      [epochs > 1 ? (epoch - 1) / (epochs - 1) : 0.5, heightOf(level, scale)] as const;
    const marked = points.find(({ epoch }) => epoch === lowest?.epoch);
    return {
      points: points.map(place),
      line: naiveLoss === null ? null : heightOf(0, scale),
      mark: marked ? place(marked) : null,
    };
  }, [points, scale, epochs, naiveLoss, lowest?.epoch]);

  const words = { ...farWords(progress), ...bestWords(best, naiveLoss) };
  const mark = attentionWords(run.attention);
  return (
    <article className={styles.tile} data-size={size} data-run={run.id} aria-label={run.name}>
      <header className={styles.head}>
        <h3 className={styles.name} dir="auto" title={run.name}>
          {isTouchable ? <PageLink href={`/runs/${run.id}`}>{run.name}</PageLink> : run.name}
        </h3>
        <span className={styles.series}>{run.priceSeries.symbol}</span>
        {progress.isActive && isTouchable && (
          <StopMenu
            {...{ runId: run.id, name: run.name, epoch: progress.epoch, isQuiet: true }}
            isRequested={run.cancelRequested}
            isScoreRequested={run.scoreRequested}
          />
        )}
        {!progress.isActive && <StatusChip status={progress.status} />}
      </header>
      <CurveCanvas
        curve={curve}
        height={heights[size]}
        newest={history.epochs.at(-1)?.epoch}
        label={t("Validation loss of {name} against the naive forecast: {best}", {
          name: run.name,
          best: listed([words.best, words.naive !== "" && words.naive]),
        })}
      />
      <div className={styles.bar}>
        <ProgressBar done={progress.epoch} total={epochs} label={t("Epochs of {name}", { name: run.name })} />
      </div>
      <p className={styles.figures}>
        <span className={styles.strong} data-testid="tile-epoch">
          {words.done}
        </span>
        <span className={styles.end}>{progress.isActive ? words.left : <Result run={run} />}</span>
      </p>
      <p className={styles.figures}>
        <span>{words.best}</span>
        <span className={styles.end}>{words.naive}</span>
      </p>
      <p className={styles.attention} title={run.attention[0] && said(run.attention[0].message)}>
        {mark && (
          <>
            <span aria-hidden="true">⚠ </span>
            {mark}
          </>
        )}
      </p>
    </article>
  );
});

function Result({ run }: { run: RunRow }) {
  const test = run.scores.find(({ split }) => split === "TEST");
  return test ? <Skill value={test.skill} /> : null;
}
