/** The form for a new run and the API agree on what can be trained, whatever hyperparameters there are. */
import "reflect-metadata";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidInput } from "../../../server/domain/errors.ts";
import { toRecipeField, valuesOf } from "../../../server/graphql/training/recipe-field.type.ts";
import { recipeFields } from "../../../server/recipe/catalogue.ts";
import { fillIn } from "../../../server/recipe/complete-config.ts";
import { trainingPresets, withPreset } from "../../../server/recipe/presets.ts";
import { previewOf } from "../../../server/recipe/preview.ts";
import type { TrainingRequest } from "../../../server/recipe/training-config.ts";
import { checkForm } from "../../../web/features/start-training/checks.ts";
import { fieldsAt, hasError } from "../../../web/features/start-training/field-places.ts";
import {
  applies,
  type FieldValue,
  type FormValues,
  formValues,
  labelsOf,
  type RecipeField,
  trainingInput,
  withField,
} from "../../../web/features/start-training/form-values.ts";
import {
  checkRepeat,
  experimentInput,
  once,
  type Repeat,
  repeatOf,
  runsOf,
  startWords,
} from "../../../web/features/start-training/repeat.ts";
import { inWords } from "../../../web/lib/api-words.ts";

const fields: readonly RecipeField[] = recipeFields.map(toRecipeField).map((field) => ({
  ...field,
  choices: [...field.choices],
  choiceLabels: [...field.choiceLabels],
  parts: [...field.parts],
}));
const circumstances = { priceSeriesId: "s1", name: "", engine: "AUTO" } as const;
const presetValues = (id: string) =>
  formValues(
    circumstances,
    fields,
    valuesOf(fillIn(trainingPresets.find((preset) => preset.id === id)!.request)),
  );
const standard = presetValues("standard");
const changed = (recipe: Record<string, FieldValue>): FormValues => ({
  ...standard,
  recipe: { ...standard.recipe, ...recipe },
});
const requestOf = (values: FormValues) => trainingInput(values, fields, "key") as unknown as TrainingRequest;

/** What the API says to the form's fields by themselves: null when it accepts. */
function refusalOf(values: FormValues): InvalidInput | null {
  try {
    fillIn(requestOf(values));
    return null;
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
}

const number = fc.oneof(
  fc.integer({ min: -2, max: 700 }).map(String),
  fc.constantFrom(
    "",
    " 12 ",
    "1.5",
    "abc",
    "1e3",
    "-0",
    "2147483647",
    "2147483648",
    "NaN",
    "Infinity",
    "0.5",
  ),
);
const mostly = (usual: string) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: number });
function typedInto(field: RecipeField): fc.Arbitrary<FieldValue> {
  switch (field.kind) {
    case "BOOLEAN":
      return fc.boolean();
    case "CHOICE":
      return fc.constantFrom(...field.choices);
    case "CHOICES":
      return fc.uniqueArray(fc.constantFrom(...field.choices), { minLength: 0, maxLength: 3 });
    case "INDICATORS":
      return fc.uniqueArray(fc.constantFrom(...field.choices), { maxLength: 17 });
    case "OTHER_SERIES":
      return fc.uniqueArray(
        fc.constantFrom(...field.choices).chain((column) => fc.nat(2).map((id) => `series-${id} ${column}`)),
        { maxLength: 9 },
      );
    case "LAYERS":
      return fc.array(fc.record({ units: mostly("8"), dropout: mostly("0.2") }), { maxLength: 5 });
    default:
      return mostly(String(standard.recipe[field.name]));
  }
}
const typed: fc.Arbitrary<FormValues> = fc
  .record(Object.fromEntries(fields.map((field) => [field.name, typedInto(field)])))
  .map((recipe) => ({ ...circumstances, recipe }));

describe("the form's checks", () => {
  test("pass exactly what the API accepts of each field, whatever is typed", () => {
    let accepted = 0;
    fc.assert(
      fc.property(typed, (values) => {
        const said = Object.entries(checkForm(values, fields)).join();
        const refusal = refusalOf(values)?.message ?? "nothing";
        expect(said === "", `form: ${said}; API: ${refusal}`).toBe(refusal === "nothing");
        if (said === "") accepted++;
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test("blame the field that the API blames, where one field alone is wrong", () => {
    for (const [change, field] of [
      [{ window: "1" }, "window"],
      [{ horizon: "61" }, "horizon"],
      [{ epochs: "0" }, "epochs"],
      [{ batchSize: "4097" }, "batchSize"],
      [{ learningRate: "0" }, "learningRate"],
      [{ clipNorm: "0" }, "clipNorm"],
      [{ weightDecay: "" }, "weightDecay"],
      [{ weightDecay: "-1" }, "weightDecay"],
      [{ seed: "-1" }, "seed"],
      [{ layers: [] }, "layers"],
      [{ layers: [{ units: "513", dropout: "0" }] }, "layers[0].units"],
      [{ layers: [{ units: "8", dropout: "1" }] }, "layers[0].dropout"],
      [{ features: [] }, "features"],
    ] as const) {
      const values = changed(change);
      expect(Object.keys(checkForm(values, fields))).toEqual([field]);
      expect(refusalOf(values)?.field).toBe(field);
    }
  });

  test("say what is expected, in words", () => {
    const said = (change: Record<string, string>) => Object.values(checkForm(changed(change), fields)).join();
    expect(said({ epochs: "0" })).toBe("1 to 10,000, not 0");
    expect(said({ epochs: "many" })).toBe("A whole number, 1 to 10,000");
    expect(said({ learningRate: "2" })).toBe("Above 0, at most 1, not 2");
    expect(said({ clipNorm: "" })).toBe("");
    expect(said({ clipNorm: "0" })).toBe("Above 0, not 0");
    expect(said({ testBars: "" })).toBe("A whole number, 0 or more");
  });

  test("ask for a series", () => {
    expect(checkForm({ ...standard, priceSeriesId: "" }, fields)).toHaveProperty("priceSeriesId");
  });

  test("pass every preset on the sample series, as the API's preview does", () => {
    for (const { id } of trainingPresets) {
      expect(checkForm(presetValues(id), fields)).toEqual({});
      const preview = previewOf(requestOf(presetValues(id)), 5105);
      expect(preview).toMatchObject({ problem: null });
    }
  });
});

test("what fields and series allow together comes from the API's preview, and is said with the form's labels", () => {
  const said = (change: Record<string, FieldValue>, bars = 3000) => {
    const { problem } = previewOf(requestOf(changed(change)), bars);
    return [problem?.field, problem && inWords(problem.message, labelsOf(fields))];
  };
  expect(said({ learningRate: "0.03", weightDecay: "34" })).toEqual([
    "weightDecay",
    "Weight decay times learning rate must be at most 1, got 34 times 0.03",
  ]);
  expect(said({ validateOnTest: true, testBars: "0" })[0]).toBe("validateOnTest");
  expect(said({ testBars: "4000" })[0]).toBe("testBars");
  expect(said({ validationBars: "4000" })[0]).toBe("validationBars");
  expect(said({}, 300)[0]).toBe("testBars");
  const { splits } = previewOf(requestOf(standard), 2426);
  expect(splits.map(({ split, firstBar, endBar }) => [split, endBar - firstBar])).toEqual([
    ["TRAIN", 1914],
    ["VALIDATION", 212],
    ["TEST", 300],
  ]);
});

describe("a run again with changes", () => {
  test("begins with the run's values, and asks for the same unless they are changed", () => {
    const values = formValues(circumstances, fields, [
      { name: "clipNorm", value: "0.5" },
      { name: "layers", value: '[{"units":8,"dropout":0.1}]' },
    ]);
    expect(values.recipe).toMatchObject({ clipNorm: "0.5", layers: [{ units: "8", dropout: "0.1" }] });
    expect(trainingInput(values, fields, "key")).toMatchObject({
      clipNorm: 0.5,
      layers: [{ units: 8, dropout: 0.1 }],
      idempotencyKey: "key",
    });
    expect(trainingInput(changed({ clipNorm: " " }), fields, "key").clipNorm).toBeNull();
  });

  test("sends no field that has no effect beside the others", () => {
    const values = changed({ validateOnTest: true, validationBars: "17" });
    expect(trainingInput(values, fields, "key").validationBars).toBeNull();
    expect(checkForm(changed({ validateOnTest: true, validationBars: "x" }), fields)).toEqual({});
  });
});

describe("a run that begins with a preset", () => {
  const presets = trainingPresets.map(({ id, request }) => ({ id, values: valuesOf(fillIn(request)) }));
  /** Where the test validates, no validation bars and none named are the same. */
  const inEffect = (request: TrainingRequest) => {
    const { validationBars, ...rest } = fillIn(request);
    return { ...rest, validationBars: rest.validateOnTest ? (validationBars ?? 0) : validationBars };
  };
  const sentOf = (id: string, changes: Record<string, FieldValue>) => {
    const preset = presets.find((one) => one.id === id)!;
    const begun = formValues(circumstances, fields, preset.values);
    const values = { ...begun, recipe: { ...begun.recipe, ...changes } };
    const { priceSeriesId, name, engine, idempotencyKey, ...recipe } = trainingInput(
      values,
      fields,
      "key",
      preset,
    );
    return recipe;
  };

  test("names the preset, and only what was changed", () => {
    for (const { id } of presets) expect(sentOf(id, {})).toEqual({ preset: id });
    expect(sentOf("quick", { epochs: "4", clipNorm: "0.5" })).toEqual({
      preset: "quick",
      epochs: 4,
      clipNorm: 0.5,
      features: ["CLOSE"],
    });
  });

  test("names every field where an empty one would take the preset's value", () => {
    const sent = sentOf("original", { validateOnTest: false, validationBars: "" });
    expect(sent).not.toHaveProperty("preset");
    expect(sent).toMatchObject({ validateOnTest: false, validationBars: null, scalerFit: "EACH_SPLIT" });
  });

  test("asks for what is typed, whatever that is and whatever it begins with", () => {
    let shortened = 0;
    fc.assert(
      fc.property(
        typed,
        fc.constantFrom(...presets),
        fc.array(fc.nat(fields.length - 1)),
        (values, preset, kept) => {
          // Some fields as the preset has them, the others as typed.
          const begun = formValues(circumstances, fields, preset.values);
          const names = new Set(kept.map((at) => fields[at]!.name));
          const recipe = Object.fromEntries(
            fields.map(({ name }) => [name, (names.has(name) ? begun : values).recipe[name]!]),
          );
          const mixed = { ...circumstances, recipe };
          if (Object.keys(checkForm(mixed, fields)).length > 0) return;
          const request = trainingInput(mixed, fields, "key", preset) as unknown as TrainingRequest & {
            preset?: string;
          };
          if (request.preset) shortened++;
          expect(inEffect(withPreset(request.preset, request))).toEqual(inEffect(requestOf(mixed)));
        },
      ),
      { numRuns: 2000 },
    );
    expect(shortened).toBeGreaterThan(50);
  });
});

test("another target is seen by a network that saw the old target alone, and changes nothing that was chosen", () => {
  const seen = (values: FormValues) => withField(values, "target", "OPEN").recipe.features;
  expect(seen(changed({ features: ["CLOSE"] }))).toEqual(["OPEN"]);
  expect(seen(changed({ features: ["CLOSE", "VOLUME"] }))).toEqual(["CLOSE", "VOLUME"]);
});

describe("how many runs the form starts", () => {
  const several = (changes: Partial<Repeat>): Repeat => ({ ...once, ...changes });
  const asked = trainingInput({ ...standard, name: "Mine" }, fields, "key");

  test("follows the preset: one, or as many seeds as it is best trained from", () => {
    for (const { seeds } of trainingPresets) {
      const repeat = repeatOf({ seeds });
      expect(checkRepeat(repeat)).toEqual({});
      expect(runsOf(repeat)).toBe(seeds);
    }
    expect(startWords(once)).toBe("Start the run");
    expect(startWords(several({ plan: "SEEDS", seeds: "3" }))).toBe("Start 3 runs");
    expect(startWords(several({ plan: "WALK_FORWARD", folds: "" }))).toBe("Start the runs");
  });

  test("a single seed is a run, several and walks forward are experiments with the form's name and key", () => {
    expect(experimentInput(once, asked)).toBeNull();
    expect(experimentInput(several({ plan: "SEEDS", seeds: "1" }), asked)).toBeNull();
    const input = experimentInput(several({ plan: "SEEDS", seeds: "3" }), asked)!;
    expect(input).toMatchObject({ plan: "SEEDS", seeds: 3, name: "Mine", idempotencyKey: "key" });
    expect(input.training).not.toHaveProperty("idempotencyKey");
    expect(input).not.toHaveProperty("folds");
    const walk = experimentInput(several({ plan: "WALK_FORWARD", folds: "4" }), asked);
    expect(walk).toMatchObject({ plan: "WALK_FORWARD", folds: 4 });
    expect(walk).not.toHaveProperty("seeds");
  });

  test("is checked as it is typed, and only where it counts", () => {
    const said = (changes: Partial<Repeat>) => checkRepeat(several(changes));
    expect(said({ plan: "SEEDS", seeds: "101" })).toEqual({ seeds: "A whole number, 1 to 100" });
    expect(said({ plan: "WALK_FORWARD", folds: "1" })).toEqual({ folds: "A whole number, 2 to 100" });
    expect(said({ seeds: "x", folds: "" })).toEqual({});
  });
});

test("every field has a place in the form, and one that is wrong opens what it is folded into", () => {
  const groups = ["DATA", "MODEL", "TRAINING"] as const;
  const shown = groups.flatMap((group) => [
    ...fieldsAt(fields, standard, group, "often"),
    ...fieldsAt(fields, standard, group, "rarely"),
  ]);
  const inEffect = fields.filter((field) => applies(field, standard));
  expect(new Set(shown.map(({ name }) => name))).toEqual(new Set(inEffect.map(({ name }) => name)));
  const rare = fieldsAt(fields, standard, "TRAINING", "rarely");
  expect(hasError(rare, () => undefined)).toBe(false);
  expect(hasError(rare, (path) => (path === "weightDecay" ? "wrong" : undefined))).toBe(true);
});
