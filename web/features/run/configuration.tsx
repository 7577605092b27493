/** What the run was asked to do. */
import { Card } from "../../components/card.tsx";
import { Facts } from "../../components/facts.tsx";
import { count, word } from "../../lib/format.ts";
import type { Run } from "./progress.ts";

export function Configuration({ config }: { config: Run["config"] }) {
  return (
    <Card title="Configuration">
      <Facts
        facts={[
          ["Target", word(config.target)],
          ["Predicted as", word(config.transform)],
          ["Features", config.features.map(word).join(", ")],
          ["Window", `${config.window} steps`],
          ["Horizon", `${config.horizon} ${config.horizon === 1 ? "step" : "steps"}`],
          ["GRU layers", config.layers.map(({ units }) => units).join(" → ")],
          ["Dropout", config.layers.map(({ dropout }) => dropout).join(", ")],
          ["Reset gate", config.resetAfter ? "after the product" : "before the product"],
          ["Epochs", count(config.epochs)],
          ["Batch size", count(config.batchSize)],
          ["Learning rate", String(config.learningRate)],
          ["Seed", String(config.seed)],
          ["Test", `${count(config.testBars)} bars`],
          [
            "Validation",
            config.validateOnTest
              ? "on the test"
              : config.validationBars === 0
                ? "none"
                : `${count(config.validationBars)} bars`,
          ],
          ["Scaler fitted on", config.scalerFit === "TRAIN" ? "training split" : "each split"],
        ]}
      />
    </Card>
  );
}
