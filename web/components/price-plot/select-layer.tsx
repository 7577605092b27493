/** Lies over a plot while a stretch of it is selected: what is dragged over is looked at. */
"use client";
import { type PointerEvent, useState } from "react";
import styles from "./price-plot.module.css";

interface Props {
  /** Distances in pixels from the plot's left edge, in any order. */
  readonly onSelect: (one: number, other: number) => void;
}

const leastPixels = 5;

export function SelectLayer({ onSelect }: Props) {
  const [ends, setEnds] = useState<readonly [number, number] | null>(null);
  const at = (event: PointerEvent<HTMLDivElement>) =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  const [left, right] = ends ? [Math.min(...ends), Math.max(...ends)] : [0, 0];
  return (
    <div
      className={styles.selectLayer}
      data-testid="select-layer"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setEnds([at(event), at(event)]);
      }}
      onPointerMove={(event) => ends && setEnds([ends[0], at(event)])}
      onPointerUp={() => {
        setEnds(null);
        if (right - left >= leastPixels) onSelect(left, right);
      }}
      onPointerCancel={() => setEnds(null)}
    >
      {ends && <div className={styles.selected} style={{ left, width: right - left }} />}
    </div>
  );
}
