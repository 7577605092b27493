/** In what the runs differ: their configuration, and their scores beside the base's and the naive forecast's. */
"use client";
import { Card } from "../../components/card.tsx";
import { Empty } from "../../components/states.tsx";
import table from "../../components/table.module.css";
import { type CellColumn, cellOf, cellText, figure } from "../../entities/run/cells.ts";
import { signedPercent } from "../../lib/format.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import {
  type Compared,
  comparedScores,
  type Delta,
  deltaOf,
  differingFacts,
  isComparable,
  naiveOf,
  numberOf,
} from "./compared.ts";
import styles from "./differences.module.css";
import { SideBySideTable } from "./side-by-side-table.tsx";

interface Props {
  readonly runs: readonly Compared[];
  readonly base: Compared;
  readonly columns: readonly (CellColumn & { readonly label: string; readonly help: string })[];
}

export function ConfigurationCard({ runs, base }: Pick<Props, "runs" | "base">) {
  const facts = differingFacts(runs);
  return (
    <Card title={t("Configuration")} note={t("Only what differs")} isFlush>
      {facts.length === 0 ? (
        <Empty title={t("The same in all of them")}>
          {t("What differs is luck: the machine, or the moment.")}
        </Empty>
      ) : (
        <SideBySideTable
          label={t("Differences of the configuration")}
          runs={runs}
          base={base}
          corner={t("Field")}
        >
          {facts.map(({ label, texts }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {texts.map((text, at) => (
                <td key={runs[at]!.id} className={text === null ? table.soft : undefined}>
                  {text ?? "–"}
                </td>
              ))}
            </tr>
          ))}
        </SideBySideTable>
      )}
    </Card>
  );
}

export function ScoresCard({ runs, base, columns }: Props) {
  const rows = comparedScores.flatMap((name) => {
    const column = columns.find((one) => one.name === name);
    return column && runs.some((run) => numberOf(run, name) !== null) ? [column] : [];
  });
  // Runs that are tested on other bars, or predict something else, have another naive forecast each.
  const isOneNaive = rows.every((column) => naiveTexts(runs, column).length <= 1);
  return (
    <Card
      title={t("Scores")}
      note={t("On the test, beside the base; skill is the distance to the naive forecast")}
      isFlush
    >
      {rows.length === 0 ? (
        <Empty title={t("No run has been scored yet")} />
      ) : (
        <SideBySideTable
          label={t("Scores of the runs")}
          runs={runs}
          base={base}
          corner={t("Score")}
          more={
            isOneNaive && (
              <th scope="col" className={table.number} title={t("The last value known, on the same bars")}>
                {t("Naive")}
              </th>
            )
          }
        >
          {rows.map((column) => (
            <tr key={column.name}>
              <th scope="row" title={said(column.help)}>
                {said(column.label)}
              </th>
              {runs.map((run) => (
                <td key={run.id}>
                  <Score run={run} base={base} column={column} />
                  {!isOneNaive && <OwnNaive run={run} column={column} />}
                </td>
              ))}
              {isOneNaive && (
                <td className={`${table.number} ${table.soft}`}>{naiveTexts(runs, column)[0] ?? "–"}</td>
              )}
            </tr>
          ))}
        </SideBySideTable>
      )}
    </Card>
  );
}

const naiveText = (run: Compared, column: CellColumn): string =>
  cellText(column, cellOf(run, naiveOf(column.name)));

/** Each once; runs that are not scored yet have none. */
const naiveTexts = (runs: readonly Compared[], column: CellColumn): string[] => {
  const scored = runs.filter((run) => numberOf(run, naiveOf(column.name)) !== null);
  return [...new Set(scored.map((run) => naiveText(run, column)))];
};

function OwnNaive({ run, column }: { run: Compared; column: CellColumn }) {
  if (numberOf(run, naiveOf(column.name)) === null) return null;
  return <span className={styles.delta}>{t("naive {value}", { value: naiveText(run, column) })}</span>;
}

function deltaText({ by, isShare }: Delta, name: string): string {
  // It has no lower end, so that its differences are no shares of anything.
  if (name === "r2") return `${by > 0 ? "+" : ""}${figure(by)}`;
  return isShare ? t("{by} points", { by: signedPercent(by).replace("%", "") }) : signedPercent(by);
}

function deltaWords(delta: Delta, name: string): string {
  if (delta.tone === "same") return t("as the base");
  const by = deltaText(delta, name);
  return delta.tone === "better" ? t("{by} better", { by }) : t("{by} worse", { by });
}

function Score({ run, base, column }: { run: Compared; base: Compared; column: CellColumn }) {
  const text = cellText(column, cellOf(run, column.name));
  const delta =
    run.id === base.id || !isComparable(run, base, column.name)
      ? null
      : deltaOf(numberOf(run, column.name), numberOf(base, column.name), column);
  return (
    <>
      {text}
      {delta && (
        <span className={`${styles.delta} ${styles[delta.tone]}`}>{deltaWords(delta, column.name)}</span>
      )}
    </>
  );
}
