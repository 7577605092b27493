/**
 * All epochs in a strip beneath the losses: a hand marks those that are looked at closely, moves them along, or takes their
 * ends. The fields above do the same for the keyboard, so those who do not see the strip are told nothing of it.
 */
"use client";
import { type PointerEvent, useMemo, useRef, useState } from "react";
import type { EpochRange } from "./loss-series.ts";
import { lowestValidation, scaledLoss } from "./loss-series.ts";
import styles from "./loss-strip.module.css";
import type { EpochPoint } from "./run-history.ts";
import { type Grip, gripAt, rangeOf } from "./strip.ts";
import { thinEpochs } from "./thin-epochs.ts";

interface Props {
  readonly epochs: readonly EpochPoint[];
  readonly lastEpoch: number;
  readonly range: EpochRange | null;
  readonly onRange: (range: EpochRange | null) => void;
}

const [width, height] = [600, 32];
const mostPoints = 300;

export function LossStrip({ epochs, lastEpoch, range, onRange }: Props) {
  const strip = useRef<HTMLDivElement>(null);
  const held = useRef<{ grip: Grip; began: number; range: EpochRange | null } | null>(null);
  const [moving, setMoving] = useState<EpochRange | null>(null);
  const path = useMemo(() => pathOf(epochs, lastEpoch), [epochs, lastEpoch]);
  const shareOf = ({ clientX }: PointerEvent) => {
    const box = strip.current!.getBoundingClientRect();
    return (clientX - box.left) / box.width;
  };
  const rangeNow = (event: PointerEvent) =>
    held.current &&
    rangeOf(held.current.grip, held.current.range, {
      ...{ began: held.current.began, at: shareOf(event), lastEpoch },
    });
  const take = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const began = shareOf(event);
    held.current = { grip: gripAt(began, range, lastEpoch), began, range };
    strip.current?.setPointerCapture(event.pointerId);
  };
  const letGo = (event: PointerEvent) => {
    if (!held.current) return;
    onRange(rangeNow(event));
    held.current = null;
    setMoving(null);
  };
  const forget = () => {
    held.current = null;
    setMoving(null);
  };
  const shown = moving ?? range;
  const percent = (epoch: number) => `${(epoch / lastEpoch) * 100}%`;
  return (
    <div
      ref={strip}
      className={styles.strip}
      aria-hidden="true"
      data-testid="loss-strip"
      onPointerDown={take}
      onPointerMove={(event) => held.current && setMoving(rangeNow(event))}
      onPointerUp={letGo}
      onPointerCancel={forget}
    >
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={path} />
      </svg>
      {shown && (
        <div
          className={styles.window}
          style={{ left: percent(shown.from), width: percent(shown.to - shown.from) }}
        />
      )}
    </div>
  );
}

/** What validates, else the training's loss, in powers of ten. */
function pathOf(epochs: readonly EpochPoint[], lastEpoch: number): string {
  const validates = lowestValidation(epochs) !== null;
  const points = thinEpochs(epochs, mostPoints).flatMap(({ epoch, trainLoss, validationLoss }) => {
    const loss = validates ? validationLoss : trainLoss;
    return loss !== null && loss > 0 && Number.isFinite(loss) ? [{ epoch, y: scaledLoss(loss, "log") }] : [];
  });
  if (points.length < 2) return "";
  const [low, high] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
  const at = ({ epoch, y }: (typeof points)[number]) =>
    `${((epoch / lastEpoch) * width).toFixed(1)} ${(high === low ? height / 2 : height - 2 - ((y - low) / (high - low)) * (height - 4)).toFixed(1)}`;
  return `M${points.map(at).join("L")}`;
}
