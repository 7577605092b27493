/** A run's configuration in the words of the page. What few runs choose is told only of those that did. Pure. */
import { count, word } from "../../lib/format.ts";
import type { Run } from "./progress.ts";

export type Config = Run["config"];

export const configurationFacts = (config: Config): (readonly [name: string, value: string])[] => [
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
  ...clipping(config),
  ...decay(config),
  ["Seed", String(config.seed)],
  ["Test", `${count(config.testBars)} bars`],
  ["Validation", validation(config)],
  ["Scaler fitted on", config.scalerFit === "TRAIN" ? "training split" : "each split"],
];

const clipping = ({ clipNorm }: Config) =>
  typeof clipNorm === "number" ? [["Gradient clipping", `norm ${clipNorm}`] as const] : [];

const decay = ({ weightDecay }: Config) =>
  weightDecay > 0 ? [["Weight decay", String(weightDecay)] as const] : [];

function validation({ validateOnTest, validationBars }: Config): string {
  if (validateOnTest) return "on the test";
  return validationBars === 0 ? "none" : `${count(validationBars)} bars`;
}
