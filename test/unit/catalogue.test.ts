/** The catalogue of hyperparameters: one entry is enough, and each is complete. */
import { expect, test } from "vitest";
import { readTrainingConfig } from "../../server/db/stored-json.ts";
import { recipe, recipeFields } from "../../server/recipe/catalogue.ts";
import { checkValue } from "../../server/recipe/check-value.ts";
import { factsOf } from "../../server/recipe/facts.ts";
import { smallConfig } from "../support/small-config.ts";

test("every default is a value that its field takes", () => {
  for (const { name, field } of recipeFields)
    expect(checkValue(name, field, field.default)).toEqual(field.default);
});

test("a null default says in words what is taken, and every field speaks to people and to programs", () => {
  for (const { name, field } of recipeFields) {
    expect(field.default === null, name).toBe(field.omitted !== undefined);
    for (const words of [field.label, field.help, field.description])
      expect(words.length, name).toBeGreaterThan(3);
    expect(field.description, name).toMatch(/\.$/);
    expect(field.help, name).not.toMatch(/\.$/);
  }
});

test("a condition names a boolean of the catalogue", () => {
  const conditions = recipeFields.flatMap(({ field }) => field.appliesWhen ?? []);
  expect(conditions).toHaveLength(1);
  for (const { field } of conditions) expect(recipe[field as keyof typeof recipe].kind).toBe("BOOLEAN");
});

test("a stored run lacks nothing but what came after it", () => {
  for (const { name, field } of recipeFields) {
    const { [name]: _, ...stored } = smallConfig;
    if (field.since === 1) expect(() => readTrainingConfig(stored), name).toThrow(/not readable/);
    else expect(readTrainingConfig(stored)[name], name).toEqual(field.default);
  }
});

test("facts tell each field in words, with its unit, and nothing that is off or without effect", () => {
  const facts = (changes: object) =>
    Object.fromEntries(factsOf({ ...smallConfig, ...changes }).map(({ label, text }) => [label, text]));
  expect(facts({ epochs: 10_000, horizon: 1, features: ["CLOSE", "ADJUSTED_CLOSE"] })).toEqual({
    Target: "Close",
    "Learned as": "The price itself",
    "What the network sees": "Close, Adjusted close",
    Window: "8 bars",
    Horizon: "1 bar",
    "Test bars": "20 bars",
    "Validation bars": "20 bars",
    "Scaler fitted on": "The training split",
    Scaler: "To 0 to 1",
    "GRU layers": "6 (dropout 0.2)",
    "Reset gate after the product": "yes",
    Epochs: "10,000",
    "Batch size": "16 windows",
    "Learning rate": "0.01",
    Seed: "7",
  });
  const layers = [
    { units: 80, dropout: 0 },
    { units: 4, dropout: 0.5 },
  ];
  expect(facts({ clipNorm: 0.5, weightDecay: 0.004, layers })).toMatchObject({
    "Gradient clipping": "0.5",
    "Weight decay": "0.004",
    "GRU layers": "80 → 4 (dropout 0.5)",
  });
  expect(facts({ validateOnTest: true, validationBars: 0 })).toMatchObject({ "Validate on the test": "yes" });
  expect(facts({ validateOnTest: true, validationBars: 0 })).not.toHaveProperty("Validation bars");
});

test("other series are told by their symbols", () => {
  const one = { priceSeriesId: "s1", symbol: "SPX", seriesVersionId: "v1" };
  const otherSeries = [
    { ...one, field: "CLOSE" },
    { ...one, field: "LOG_VARIANCE" },
  ] as const;
  expect(factsOf({ ...smallConfig, otherSeries }).find(({ name }) => name === "otherSeries")).toMatchObject({
    label: "Other series",
    text: "SPX close, SPX volatility",
  });
});
