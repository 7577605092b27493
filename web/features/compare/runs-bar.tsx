/** The compared runs: which line is whose, which one is the base, and which may go or come. */
"use client";
import { useId } from "react";
import { Button } from "../../components/button.tsx";
import input from "../../components/input.module.css";
import { PageLink } from "../../components/page-link.tsx";
import { StatusChip } from "../../entities/run/status-chip.tsx";
import { t } from "../../lib/words/t.ts";
import { type Compared, mostRuns } from "./compared.ts";
import { runColors, runDashes } from "./look.ts";
import styles from "./runs-bar.module.css";

interface Props {
  readonly runs: readonly Compared[];
  readonly baseId: string;
  /** Those that can come. */
  readonly others: readonly {
    readonly id: string;
    readonly name: string;
    readonly priceSeries: { readonly symbol: string };
  }[];
  readonly onBase: (id: string) => void;
  readonly onRemove: (id: string) => void;
  readonly onAdd: (id: string) => void;
}

export function RunsBar({ runs, baseId, others, onBase, onRemove, onAdd }: Props) {
  const radios = useId();
  return (
    <div>
      <ul className={styles.runs}>
        {runs.map((run, at) => (
          <li key={run.id} className={styles.run} data-compared={run.id}>
            <Swatch at={at} />
            <PageLink href={`/runs/${run.id}`} title={run.name} className={styles.name}>
              {run.name}
            </PageLink>
            <StatusChip status={run.status} />
            <label className={styles.base}>
              <input type="radio" name={radios} checked={run.id === baseId} onChange={() => onBase(run.id)} />
              {t("base")}
            </label>
            <Button
              kind="quiet"
              aria-label={t("Take {name} out of the comparison", { name: run.name })}
              className={styles.remove!}
              onClick={() => onRemove(run.id)}
            >
              ✕
            </Button>
          </li>
        ))}
      </ul>
      {runs.length < mostRuns && others.length > 0 && (
        <select
          className={`${input.input} ${styles.add}`}
          aria-label={t("Add a run to the comparison")}
          value=""
          onChange={({ target }) => target.value && onAdd(target.value)}
        >
          <option value="">{t("Add a run…")}</option>
          {others.map(({ id, name, priceSeries }) => (
            <option key={id} value={id}>
              {t("{name} ({symbol})", { name: name.slice(0, 80), symbol: priceSeries.symbol })}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** The run's line, as the charts draw it. */
export function Swatch({ at }: { at: number }) {
  return (
    <svg width="22" height="10" aria-hidden className={styles.swatch}>
      <line
        x1="0"
        y1="5"
        x2="22"
        y2="5"
        stroke={runColors[at]}
        strokeWidth="3"
        strokeDasharray={runDashes[at]}
      />
    </svg>
  );
}
