/** The runs that train now, each in its fixed place; free places say that they are free. */
"use client";
import { useState } from "react";
import { ButtonLink } from "../../components/button.tsx";
import type { RunRow } from "../../entities/run-list/live-runs.ts";
import { t } from "../../lib/words/t.ts";
import { createScales } from "./scales.ts";
import type { Slots } from "./slots.ts";
import { Tile } from "./tile.tsx";
import styles from "./tile-grid.module.css";

interface Props {
  readonly slots: Slots;
  readonly runs: ReadonlyMap<string, RunRow>;
  /** So many places are kept free at least: as many as there are workers. */
  readonly least: number;
  /** On a wall, or alone. */
  readonly isLarge: boolean;
  readonly isTouchable: boolean;
  /** The numbers are old: the connection is lost. */
  readonly isStale: boolean;
}

/** More than this many do not fit a screen as tiles. */
const mostTiles = 12;

export function TileGrid({ slots, runs, least, isLarge, isTouchable, isStale }: Props) {
  const [scales] = useState(createScales);
  const isDense = slots.length > mostTiles;
  const size = isDense ? "row" : isLarge ? "wall" : "tile";
  const free = Math.max(0, Math.min(least, mostTiles) - slots.length);
  const places = [...slots, ...Array.from({ length: free }, () => null)];
  return (
    <>
      <h2 className="visually-hidden">{t("Training now")}</h2>
      <ul
        className={styles.grid}
        data-size={size}
        data-stale={isStale || undefined}
        aria-label={t("Training now")}
      >
        {places.map((slot, place) => {
          const run = slot && runs.get(slot.runId);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place is what stays
            <li key={place} className={run ? undefined : styles.free} data-place={place}>
              {run ? (
                <Tile key={run.id} run={run} scales={scales} size={size} isTouchable={isTouchable} />
              ) : (
                <Free isIdle={place === 0 && slots.every((one) => one === null)} isTouchable={isTouchable} />
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Free({ isIdle, isTouchable }: { isIdle: boolean; isTouchable: boolean }) {
  if (!isIdle) return <p>{t("Free")}</p>;
  return (
    <div className={styles.idle}>
      <p>{t("Nothing trains now")}</p>
      {isTouchable && <ButtonLink href="/runs/new">{t("Start a run")}</ButtonLink>}
    </div>
  );
}

/** Its room while what trains is not known yet. */
export function TilesToCome() {
  return (
    <ul className={styles.grid} aria-hidden="true">
      <li className={styles.free} />
    </ul>
  );
}
