/** What people type into the form for a new run: numbers, lists of them, and what a draft keeps. */
import { describe, expect, test } from "vitest";
import { asCommand } from "../../../web/features/start-training/as-command.ts";
import { type Draft, keepDraft, readDraft, type Store } from "../../../web/features/start-training/draft.ts";
import { estimateWords } from "../../../web/features/start-training/estimate-words.ts";
import type { FormValues, RecipeField } from "../../../web/features/start-training/form-values.ts";
import {
  checkRepeat,
  experimentInput,
  once,
  runsOf,
  startWords,
  sweepWords,
} from "../../../web/features/start-training/repeat.ts";
import { meantQuestion, numberOf, textsOf } from "../../../web/features/start-training/typed-numbers.ts";

describe("a number", () => {
  test.each([
    ["60", 60],
    ["６０", 60],
    ["1,000", 1000],
    ["1,234,567.5", 1_234_567.5],
    ["1 000", 1000],
    ["12\u202f000", 12_000],
    ["1 00", Number.NaN],
    ["−0.5", -0.5],
    ["1e-3", 0.001],
    [" 7 ", 7],
    ["-0", 0],
    ["", Number.NaN],
    ["1,5", Number.NaN],
    ["0,001", Number.NaN],
    ["12,34", Number.NaN],
    ["many", Number.NaN],
  ])("%j is %d", (text, value) => expect(numberOf(text)).toBe(value));

  test("a decimal comma is asked about, and never taken for thousands", () => {
    expect(meantQuestion("0,001", false)).toMatch(/^Is 0\.001 meant\?/);
    expect(meantQuestion("1,5", false)).toMatch(/^Is 1\.5 meant\?/);
    expect(meantQuestion("1,000", false)).toBeNull();
    expect(meantQuestion("0.001", false)).toBeNull();
  });

  test("a point between thousands of a whole number is asked about, and elsewhere it is a decimal point", () => {
    expect(meantQuestion("1.000", true)).toMatch(/^Is 1000 meant\?/);
    expect(meantQuestion("1.234.567", true)).toMatch(/^Is 1234567 meant\?/);
    expect(meantQuestion("1.000", false)).toBeNull();
    expect(meantQuestion("1.5", true)).toBeNull();
  });
});

describe("several values in a field", () => {
  test.each([
    ["1e-3, 3e-4", false, ["1e-3", "3e-4"]],
    ["0.1; 0.2;0.3", false, ["0.1", "0.2", "0.3"]],
    ["1-5", true, ["1", "2", "3", "4", "5"]],
    ["1 – 3", true, ["1", "2", "3"]],
    ["16,32,64", true, ["16", "32", "64"]],
    ["16,32", true, ["16", "32"]],
    ["１６、３２", true, ["16", "32"]],
    ["1,000, 2,000", true, ["1,000", "2,000"]],
    ["1,000", true, ["1,000"]],
    ["0,5", false, ["0,5"]],
    ["1e-3", false, ["1e-3"]],
    ["5-1", true, ["5-1"]],
    ["1-500", true, ["1-500"]],
  ])("%j is %j", (text, isWhole, texts) => expect(textsOf(text, isWhole)).toEqual(texts));
});

const rate = { name: "learningRate", label: "Learning rate", values: [0.001, 0.0003] };
const seeds = { name: "seed", label: "Seed", values: [3, 4, 5] };
const training = { priceSeriesId: "s", idempotencyKey: "key" };

describe("what becomes of several values", () => {
  test("a run of each combination, of seeds too where they are asked for by their number", () => {
    expect(runsOf(once, [rate, seeds])).toBe(6);
    expect(runsOf({ ...once, plan: "SEEDS", seeds: "4" }, [rate])).toBe(8);
    expect(startWords(once, [rate])).toBe("Start 2 runs");
    expect(sweepWords([rate], { ...once, plan: "SEEDS", seeds: "4" })).toBe("2 of learning rate × 4 seeds");
    expect(experimentInput({ ...once, plan: "SEEDS", seeds: "2" }, training, [rate], 7)).toMatchObject({
      plan: "SWEEP",
      idempotencyKey: "key",
      sweep: [
        { field: "learningRate", values: ["0.001", "0.0003"] },
        { field: "seed", values: ["7", "8"] },
      ],
    });
  });

  test("neighbouring seeds alone are several seeds of one recipe, whose mean is a forecaster", () => {
    expect(experimentInput(once, training, [seeds])).toMatchObject({ plan: "SEEDS", seeds: 3 });
    const apart = { ...seeds, values: [3, 5] };
    expect(experimentInput(once, training, [apart])).toMatchObject({ plan: "SWEEP" });
  });

  test("too many, and a walk forward of several recipes, are refused where they are typed", () => {
    const many = { ...rate, values: Array.from({ length: 60 }, (_, at) => at + 1) };
    expect(checkRepeat({ ...once, plan: "SEEDS", seeds: "2" }, [many])).toEqual({
      learningRate: "At most 100 runs together, not 120",
    });
    expect(checkRepeat({ ...once, plan: "WALK_FORWARD" }, [rate])).toHaveProperty("learningRate");
    expect(checkRepeat(once, [rate, seeds])).toEqual({});
  });
});

test("the time is told coarsely, and what comes before", () => {
  const estimate = { engine: "NATIVE", trainMs: 61_000, runsBefore: 0, startsInMs: 0 } as const;
  expect(estimateWords(estimate, 1)).toEqual({
    takes: "About 1 min 10 s with all epochs",
    starts: "Starts at once",
  });
  expect(estimateWords({ ...estimate, runsBefore: 2, startsInMs: 4_000 }, 3)).toEqual({
    takes: "About 1 min 10 s each, 3 min 30 s one after the other",
    starts: "Starts in about 4 s, after 2 runs",
  });
  expect(estimateWords({ ...estimate, runsBefore: 1, startsInMs: null }, 1).starts).toBe(
    "Starts after 1 run",
  );
  // The sum is of what is said of each.
  expect(estimateWords({ ...estimate, trainMs: 1_300 }, 3).takes).toBe(
    "About 2 s each, 6 s one after the other",
  );
});

test("the command says what the form would send, whatever quotes a name has", () => {
  const command = asCommand("http://here:4000", {
    training: { ...training, name: "it's", preset: null },
    experiment: null,
  });
  expect(command).toContain("curl 'http://here:4000/graphql'");
  expect(command).toContain(`"name":"it'\\''s"`);
  expect(command).not.toContain("preset");
  expect(
    asCommand("http://here:4000", { training, experiment: experimentInput(once, training, [seeds]) }),
  ).toContain('"seeds":3');
});

describe("a draft", () => {
  const kept = new Map<string, string>();
  const store: Store = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
  const fields = ["epochs", "features"].map((name) => ({ name }) as RecipeField);
  const values: FormValues = {
    ...{ priceSeriesId: "s", name: "", engine: "AUTO" },
    recipe: { epochs: "50", features: ["CLOSE"] },
  };
  const begun = { values, repeat: once, presetId: "careful" };
  const typed: Draft = {
    ...begun,
    values: { ...values, name: "mine", recipe: { epochs: "6", features: ["OPEN"] } },
    savedAt: 5,
  };

  test("comes back as it was typed, each run's its own, until it is forgotten", () => {
    keepDraft(store, null, typed);
    expect(readDraft(store, null, begun, fields)).toEqual(typed);
    expect(readDraft(store, "another run", begun, fields)).toBeNull();
    keepDraft(store, null, null);
    expect(readDraft(store, null, begun, fields)).toBeNull();
  });

  test("of another release keeps what this one has too; what cannot be read is none", () => {
    const older = { ...typed, values: { ...typed.values, recipe: { features: "CLOSE", gone: "1" } } };
    keepDraft(store, null, older);
    expect(readDraft(store, null, begun, fields)?.values.recipe).toEqual(values.recipe);
    kept.set("gatecast.new-run.preset", "{");
    expect(readDraft(store, null, begun, fields)).toBeNull();
    expect(readDraft(null, null, begun, fields)).toBeNull();
  });
});
