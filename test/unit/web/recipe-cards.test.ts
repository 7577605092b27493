/** The first page sets the recipes of a series side by side. */
import "reflect-metadata";
import { describe, expect, test } from "vitest";
import { valuesOf } from "../../../server/graphql/training/recipe-field.type.ts";
import { fillIn } from "../../../server/recipe/complete-config.ts";
import { trainingPresets } from "../../../server/recipe/presets.ts";
import type { RunRow } from "../../../web/entities/run-list/live-runs.ts";
import { type Preset, presetOf, recipeCards } from "../../../web/features/now/recipe-cards.ts";
import { runRow } from "../../support/run-row.ts";

const presets: readonly Preset[] = trainingPresets.map(({ id, title, request }) => ({
  ...{ id, title, values: [...valuesOf(fillIn(request))] },
}));
const preset = (id: string) => presets.find((one) => one.id === id)!;

const run = (id: string, changes: Partial<RunRow> = {}) =>
  runRow(id, {
    ...{ name: id, status: "SUCCEEDED", epoch: 50 },
    priceSeries: { id: "s1", symbol: "SPX", name: "S&P 500" },
    ...{ scores: [{ split: "TEST", skill: 0.157 }], verdict: "Beats the last value by 16 % (p 0.001)." },
    ...changes,
  });
const careful = { id: "e1", name: "Careful", plan: "SEEDS" as const };
const ofSkill = (skill: number) => [{ split: "TEST" as const, skill }];
const cardsOf = (...all: [RunRow, string][]) =>
  recipeCards(
    all.map(([row]) => row),
    new Map(all.map(([{ id }, recipe]) => [id, preset(recipe)])),
    presets,
  );

describe("a run's recipe", () => {
  test("is the preset's, also from another seed and with the series cut elsewhere", () => {
    const changed = (id: string, name: string, value: string) =>
      preset(id).values.map((one) => (one.name === name ? { name, value } : one));
    for (const one of presets) expect(presetOf(one.values, presets)?.id).toBe(one.id);
    expect(presetOf(changed("careful", "seed", "9"), presets)?.id).toBe("careful");
    expect(presetOf(changed("careful", "validationBars", "480"), presets)?.id).toBe("careful");
    expect(presetOf(changed("careful", "window", "23"), presets)).toBeNull();
  });
});

describe("the cards", () => {
  test("stand in the order in which they are best read, whatever ended first", () => {
    const cards = cardsOf(
      [run("d"), "quick"],
      [run("c"), "original"],
      [run("b", { experiment: careful }), "careful"],
      [run("a"), "volatility"],
    );
    expect(cards.map(({ presetId }) => presetId)).toEqual(["volatility", "careful", "original", "quick"]);
    expect(cards[0]).toMatchObject({
      ...{ question: "What is worth forecasting", title: "Volatility", href: "/runs/a", series: "S&P 500" },
      ...{ skill: 0.157, words: "Beats the last value by 16% (p 0.001)." },
    });
  });

  test("show the newest that has a result, and how far it is while there is none", () => {
    const training = run("b", { status: "RUNNING", epoch: 12, etaMs: 19_000, scores: [], verdict: null });
    expect(cardsOf([training, "volatility"], [run("a"), "volatility"])[0]!.href).toBe("/runs/a");
    expect(cardsOf([training, "volatility"])[0]).toMatchObject({
      ...{ status: "RUNNING", skill: null, words: "It trains now" },
    });
    const waiting = run("c", { status: "QUEUED", queuePosition: 2, scores: [], verdict: null });
    expect(cardsOf([waiting, "original"])[0]!.words).toBe("Waits for a worker, number 2 in the queue");
  });

  test("put an experiment's runs together", () => {
    const member = (id: string, skill: number): [RunRow, string] => [
      run(id, { experiment: careful, scores: ofSkill(skill) }),
      "careful",
    ];
    const [card] = cardsOf(member("c", 0.015), member("b", 0.007), member("a", 0.011));
    expect(card).toMatchObject({ href: "/experiments/e1", words: "Mean of 3 runs, from +0.7% to +1.5%." });
    expect(card!.skill).toBeCloseTo(0.011);
    const [under] = cardsOf(member("b", 0.007), [
      run("a", { experiment: careful, status: "RUNNING", scores: [] }),
      "careful",
    ]);
    expect(under).toMatchObject({ status: "RUNNING", words: "1 of 2 runs have ended" });
  });

  test("are of the series that most recipes were tried on: a single run elsewhere moves none of them", () => {
    const elsewhere = run("z", { priceSeries: { id: "s2", symbol: "SH600519", name: null } });
    const cards = cardsOf([elsewhere, "careful"], [run("b"), "careful"], [run("a"), "volatility"]);
    expect(cards.map(({ href }) => href)).toEqual(["/runs/a", "/runs/b"]);
    expect(cardsOf()).toEqual([]);
  });
});
