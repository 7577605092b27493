/** Columns of a run that are no hyperparameter: what it is called, how it went, how good it became. */
import { forecasters } from "../../domain/forecaster.ts";
import { runStatuses } from "../../domain/run.ts";
import type { RunColumn } from "./run-column.ts";

type Entry = Pick<RunColumn, "name" | "label" | "help" | "kind"> & Partial<RunColumn>;

const column = (group: RunColumn["group"], entry: Entry): RunColumn => ({
  group,
  aliases: [],
  unit: null,
  choices: null,
  better: null,
  ...entry,
});

const word = (value: string) => value.charAt(0) + value.slice(1).toLowerCase();
const choices = (values: readonly string[]) => values.map((value) => ({ value, label: word(value) }));
const engines = ["NATIVE", "WASM", "WEBGPU", "TENSORFLOW"] as const;

const aboutRuns: readonly Entry[] = [
  { name: "name", label: "Name", help: "What people call it", kind: "TEXT" },
  {
    ...{ name: "status", label: "Status", help: "Where it is on its way", kind: "CHOICE" },
    choices: choices(runStatuses),
  },
  {
    name: "series",
    label: "Series",
    help: "Symbol or name of what it is trained on",
    kind: "TEXTS",
    aliases: ["symbol"],
  },
  {
    name: "experiment",
    label: "Experiment",
    help: "The group that it is a part of",
    kind: "TEXT",
    aliases: ["group"],
  },
  {
    name: "tags",
    label: "Tags",
    help: "What people added to find it again",
    kind: "TEXTS",
    aliases: ["tag"],
  },
  { name: "note", label: "Note", help: "What people wrote about it", kind: "TEXT" },
  {
    name: "engine",
    label: "Engine",
    help: "What really trained it",
    kind: "CHOICE",
    choices: choices(engines),
  },
  { name: "device", label: "Device", help: "The processor or card that trained it", kind: "TEXT" },
  {
    name: "priority",
    label: "Priority",
    help: "Among waiting runs the higher one is first",
    kind: "INTEGER",
  },
  { name: "createdAt", label: "Created", help: "When it was asked for", kind: "TIME", aliases: ["created"] },
  {
    name: "startedAt",
    label: "Started",
    help: "When a worker first began it",
    kind: "TIME",
    aliases: ["started"],
  },
  { name: "finishedAt", label: "Finished", help: "When it ended", kind: "TIME", aliases: ["finished"] },
  { name: "duration", label: "Duration", help: "From start to end, of those that ended", kind: "DURATION" },
  { name: "epoch", label: "Epoch", help: "Epochs finished so far", kind: "INTEGER" },
  {
    name: "bestEpoch",
    label: "Best epoch",
    help: "The epoch whose weights are scored",
    kind: "INTEGER",
    aliases: ["best"],
  },
  {
    name: "warnings",
    label: "Warnings",
    help: "How much its reader should know before trusting it",
    kind: "INTEGER",
  },
  { name: "archived", label: "Archived", help: "Whether it was put out of sight", kind: "BOOLEAN" },
  {
    name: "baseline",
    label: "Baseline",
    help: "Whether others of its series are compared with it",
    kind: "BOOLEAN",
  },
];

const scores: readonly Entry[] = [
  {
    name: "skill",
    label: "Skill",
    help: "How much smaller its error is than the naive forecast's",
    kind: "SHARE",
    better: "HIGHER",
  },
  { name: "mae", label: "MAE", help: "Mean absolute error", kind: "NUMBER", better: "LOWER" },
  { name: "rmse", label: "RMSE", help: "Root of the mean squared error", kind: "NUMBER", better: "LOWER" },
  {
    name: "mase",
    label: "MASE",
    help: "MAE by that of the naive forecast in training",
    kind: "NUMBER",
    better: "LOWER",
  },
  {
    name: "rmsse",
    label: "RMSSE",
    help: "RMSE by that of the naive forecast in training",
    kind: "NUMBER",
    better: "LOWER",
  },
  {
    name: "mape",
    label: "MAPE",
    help: "Mean absolute error in percent",
    kind: "NUMBER",
    better: "LOWER",
    unit: "%",
  },
  {
    name: "smape",
    label: "sMAPE",
    help: "Symmetric mean absolute error in percent",
    kind: "NUMBER",
    better: "LOWER",
    unit: "%",
  },
  {
    name: "r2",
    label: "R²",
    help: "Share of the variance that it explains",
    kind: "NUMBER",
    better: "HIGHER",
  },
  { name: "qlike", label: "QLIKE", help: "Loss of volatility forecasts", kind: "NUMBER", better: "LOWER" },
  {
    ...{ name: "directionalAccuracy", label: "Direction", help: "Share of right directions", kind: "SHARE" },
    ...{ aliases: ["direction"], better: "HIGHER" },
  },
];

/** Of the test, all steps together. */
export const scoreNames = scores.map(({ name }) => name);

const results: readonly Entry[] = [
  {
    ...{
      name: "validationLoss",
      label: "Validation loss",
      help: "Of the best epoch, in scaled units",
      kind: "NUMBER",
    },
    ...{ aliases: ["loss.validation", "val"], better: "LOWER" },
  },
  ...scores.map((score) => ({ ...score, help: `${score.help}, on the test` })),
  {
    ...{
      name: "pValue",
      label: "p against naive",
      help: "Below 0.05 the difference is hardly chance",
      kind: "NUMBER",
    },
    aliases: ["p"],
  },
  {
    ...{ name: "vsBaseline", label: "vs base", kind: "SHARE", better: "HIGHER" },
    help: "How much smaller its MAE is than the baseline's, on as many bars of the same target",
    aliases: ["base"],
  },
];

export const ownColumns: readonly RunColumn[] = [
  ...aboutRuns.map((entry) => column("RUN", entry)),
  ...results.map((entry) => column("RESULT", entry)),
];

/** Another forecaster's score, such as "HAR.mae"; null where the name is none. */
export function forecasterColumn(name: string): RunColumn | null {
  const [kind, score] = name.split(".");
  const forecaster = forecasters.find((known) => known === kind?.toUpperCase());
  const found = scores.find((known) => known.name.toLowerCase() === score?.toLowerCase());
  if (forecaster === undefined || found === undefined || name.split(".").length !== 2) return null;
  return column("RESULT", {
    ...found,
    name: `${forecaster}.${found.name}`,
    label: `${found.label} of ${forecaster}`,
    help: `${found.help}, on the test`,
  });
}
