/** What a run was asked to do: first what sets it apart from the baseline of its series, the rest on request. */
import { Card } from "../../components/card.tsx";
import { Facts } from "../../components/facts.tsx";
import { listed } from "../../entities/run/listed.ts";
import { duration, word } from "../../lib/format.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import styles from "./configuration.module.css";
import { differencesOf } from "./differences.ts";
import type { Run } from "./run.ts";

export function Configuration({ run }: { run: Run }) {
  const { config, engine, device, startedAt, finishedAt, priceSeries } = run;
  const tookMs = startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;
  const base = priceSeries.baselineRun;
  const isCompared = base && base.id !== run.id;
  const differences = isCompared ? differencesOf(config.facts, base.config.facts) : [];
  const all = (
    <Facts
      facts={[
        ...config.facts.map(({ label, text }) => [said(label), said(text)] as const),
        ...(engine
          ? [[t("Trained by"), listed([word(engine), ...(device ? [said(device)] : [])])] as const]
          : []),
        ...(tookMs === null ? [] : [[t("Took"), duration(tookMs)] as const]),
      ]}
    />
  );
  if (!isCompared) return <Card title={t("Configuration")}>{all}</Card>;
  return (
    <Card
      title={t("Configuration")}
      note={t("Beside the baseline of the series, {name}", { name: base.name })}
    >
      {differences.length === 0 ? (
        <p>{t("The same as the baseline's: what differs in the results is chance, data or engine.")}</p>
      ) : (
        <dl className={styles.differences} data-testid="differences">
          {differences.map(({ label, text, before }) => (
            <div key={label}>
              <dt>{said(label)}</dt>
              <dd>
                <b>{said(text)}</b> <span>{t("baseline {before}", { before: said(before) })}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <details className={styles.rest}>
        <summary>{t("The whole configuration")}</summary>
        {all}
      </details>
    </Card>
  );
}
