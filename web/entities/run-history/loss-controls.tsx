/** What of the losses is in view, and how smooth it is drawn. */
"use client";
import { useId } from "react";
import { Button } from "../../components/button.tsx";
import input from "../../components/input.module.css";
import { t } from "../../lib/words/t.ts";
import styles from "./loss-controls.module.css";
import type { EpochRange } from "./loss-series.ts";

interface Props {
  readonly smoothing: number;
  readonly range: EpochRange | null;
  readonly lastEpoch: number;
  readonly isDisabled: boolean;
  readonly onSmoothing: (weight: number) => void;
  readonly onRange: (range: EpochRange | null) => void;
}

const mostSmoothing = 0.98;

export function LossControls({ smoothing, range, lastEpoch, isDisabled, onSmoothing, onRange }: Props) {
  const id = useId();
  const shown = range ?? { from: 1, to: lastEpoch };
  const change = (part: Partial<EpochRange>) => {
    const next = { ...shown, ...part };
    if (Number.isInteger(next.from) && Number.isInteger(next.to) && next.from < next.to) onRange(next);
  };
  const bound = (end: "from" | "to", name: string) => (
    <label>
      {name}
      <input
        // A value that the chart chose replaces what was typed.
        key={shown[end]}
        className={`${input.input} ${styles.epoch}`}
        type="number"
        inputMode="numeric"
        min={1}
        max={lastEpoch}
        defaultValue={shown[end]}
        disabled={isDisabled}
        onBlur={(event) => change({ [end]: event.target.valueAsNumber })}
        onKeyDown={(event) => event.key === "Enter" && change({ [end]: event.currentTarget.valueAsNumber })}
      />
    </label>
  );
  return (
    <div className={styles.controls}>
      <label htmlFor={id}>
        {t("Smooth")}
        <input
          id={id}
          className={styles.smooth}
          type="range"
          min={0}
          max={mostSmoothing}
          step={0.02}
          value={smoothing}
          disabled={isDisabled}
          aria-valuetext={
            smoothing === 0 ? t("not smoothed") : t("weight of the past {weight}", { weight: smoothing })
          }
          onChange={(event) => onSmoothing(Number(event.target.value))}
        />
        <output htmlFor={id}>{smoothing === 0 ? t("off") : smoothing.toFixed(2)}</output>
      </label>
      {bound("from", t("Epochs from"))}
      {bound("to", t("range|to"))}
      {range && (
        <Button kind="quiet" onClick={() => onRange(null)}>
          {t("Show all epochs")}
        </Button>
      )}
    </div>
  );
}
