/** What a run was asked to do: first what sets it apart from the baseline of its series, the rest on request. */
import { Card } from "../../components/card.tsx";
import { Facts } from "../../components/facts.tsx";
import { duration, word } from "../../lib/format.ts";
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
        ...config.facts.map(({ label, text }) => [label, text] as const),
        ...(engine ? [["Trained by", `${word(engine)}${device ? `, ${device}` : ""}`] as const] : []),
        ...(tookMs === null ? [] : [["Took", duration(tookMs)] as const]),
      ]}
    />
  );
  if (!isCompared) return <Card title="Configuration">{all}</Card>;
  return (
    <Card title="Configuration" note={`Beside the baseline of the series, ${base.name}`}>
      {differences.length === 0 ? (
        <p>The same as the baseline's: what differs in the results is chance, data or engine.</p>
      ) : (
        <dl className={styles.differences} data-testid="differences">
          {differences.map(({ label, text, before }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <b>{text}</b> <span>baseline {before}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <details className={styles.rest}>
        <summary>The whole configuration</summary>
        {all}
      </details>
    </Card>
  );
}
