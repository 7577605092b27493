/** The scores of each split, the model's beside the naive forecast's. */
import { Card } from "../../components/card.tsx";
import table from "../../components/table.module.css";
import { Skill } from "../../entities/run/skill.tsx";
import { type SplitScores, testFirst, verdictOn } from "../../entities/run/verdict.ts";
import { count, percent, price, word } from "../../lib/format.ts";
import type { Run } from "./run.ts";
import styles from "./scores.module.css";

export function Scores({ run }: { run: Run }) {
  const scores = testFirst(run.scores);
  const test = scores.find(({ split }) => split === "TEST");
  const verdict = test && verdictOn(test, run.priceSeries.currency);
  return (
    <Card title="Scores" note="In price units, on the same targets as the naive forecast" isFlush>
      {verdict && (
        <div className={verdict.isBetter ? styles.better : styles.worse} data-testid="verdict">
          <strong>{verdict.headline}</strong>
          <p>{verdict.explanation}</p>
        </div>
      )}
      <table className={`${table.table} ${styles.scores}`}>
        <thead>
          <tr>
            <th scope="col">Split</th>
            <th scope="col" className={table.number} title="1 − model MAE / naive MAE">
              Skill
            </th>
            <th scope="col" className={table.number} title="Mean absolute error">
              MAE
            </th>
            <th scope="col" className={table.number} title="Root mean squared error">
              RMSE
            </th>
            <th scope="col" className={table.number} title="Mean absolute percentage error">
              MAPE
            </th>
            <th
              scope="col"
              className={table.number}
              title="Mean absolute scaled error: below 1 beats the naive forecast within the training split"
            >
              MASE
            </th>
            <th scope="col" className={table.number} title="Share of moves whose direction was predicted">
              Direction
            </th>
          </tr>
        </thead>
        {scores.map((split) => (
          <SplitRows key={split.split} scores={split} />
        ))}
      </table>
    </Card>
  );
}

function SplitRows({ scores }: { scores: SplitScores }) {
  const { split, model, naive, skill } = scores;
  return (
    <tbody>
      <tr>
        <th scope="row" className={styles.split}>
          {word(split)} <span>{count(scores.count)}</span>
        </th>
        <td className={table.number}>
          <Skill value={skill} />
        </td>
        <ScoreCells scores={model} />
      </tr>
      <tr className={styles.naive}>
        <th scope="row">naive</th>
        <td />
        <ScoreCells scores={naive} />
      </tr>
    </tbody>
  );
}

function ScoreCells({
  scores: { mae, rmse, mape, mase, directionalAccuracy },
}: {
  scores: SplitScores["model"];
}) {
  return (
    <>
      <td className={table.number}>{price(mae)}</td>
      <td className={table.number}>{price(rmse)}</td>
      <td className={table.number}>{mape === null ? "–" : `${mape.toFixed(2)}%`}</td>
      <td className={table.number}>{mase === null ? "–" : mase.toFixed(2)}</td>
      <td className={table.number}>{directionalAccuracy === null ? "–" : percent(directionalAccuracy)}</td>
    </>
  );
}
