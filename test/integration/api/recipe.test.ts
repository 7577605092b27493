/** The hyperparameters through the API: what there is to choose, presets, a preview, and a run's own values by name. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { recipeFields } from "../../../server/recipe/catalogue.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createFakeServices, type FakeServices } from "../../support/fake-services.ts";

let services: FakeServices;
let api: TestApi;
beforeEach(async () => {
  services = createFakeServices();
  api = await startTestApi(services);
});
afterEach(() => api.close());

test("every hyperparameter is told with its kind, range, unit, choices and default, in the form's order", async () => {
  const { data, errors } = await api.ask(
    `{ recipeFields {
        name label kind minimum maximum isMinimumExclusive unit choices choiceLabels defaultValue omitted isSweepable
        appliesWhen { field is } parts { name minimum maximum isMaximumExclusive }
    } }`,
  );
  expect(errors).toEqual([]);
  const fields = (data as { recipeFields: { name: string }[] }).recipeFields;
  expect(fields.map(({ name }) => name)).toEqual(recipeFields.map(({ name }) => name));
  const byName = Object.fromEntries(fields.map((field) => [field.name, field]));
  expect(byName.window).toMatchObject({
    label: "Window",
    kind: "INTEGER",
    minimum: 2,
    maximum: 512,
    unit: "bars",
    defaultValue: "60",
    isSweepable: true,
  });
  expect(byName.learningRate).toMatchObject({ minimum: 0, isMinimumExclusive: true, maximum: 1 });
  expect(byName.transform).toMatchObject({
    choices: ["PRICE", "DIFFERENCE", "LOG_RETURN"],
    choiceLabels: ["The price itself", "Its change", "Its log return"],
    defaultValue: '"PRICE"',
  });
  expect(byName.validationBars).toMatchObject({
    defaultValue: null,
    omitted: "a tenth of the bars before the test",
    appliesWhen: { field: "validateOnTest", is: false },
  });
  expect(byName.layers).toMatchObject({
    maximum: 4,
    parts: [
      { name: "units", minimum: 1, maximum: 512, isMaximumExclusive: false },
      { name: "dropout", minimum: 0, maximum: 1, isMaximumExclusive: true },
    ],
  });
});

test("a preset and a run tell their values by name, and a run its own in words", async () => {
  const { id } = services.givenRun();
  const { data, errors } = await api.ask(
    `query ($id: ID!) {
      trainingPresets { id values { name value } }
      run(id: $id) { config { epochs values { name value } facts { label text } } }
    }`,
    { id },
  );
  expect(errors).toEqual([]);
  const { trainingPresets, run } = data as {
    trainingPresets: { id: string; values: object[] }[];
    run: { config: { values: object[]; facts: object[] } };
  };
  const quick = trainingPresets.find((preset) => preset.id === "quick")!;
  expect(quick.values).toContainEqual({ name: "layers", value: '[{"units":16,"dropout":0}]' });
  expect(quick.values).toContainEqual({ name: "validationBars", value: "null" });
  expect(run.config.values).toContainEqual({ name: "epochs", value: "3" });
  expect(run.config.facts).toContainEqual({ label: "Epochs", text: "3" });
});

const start = `mutation ($input: StartTrainingInput!) {
  startTraining(input: $input) { run { config { window epochs transform } } }
}`;

test("a request that names a preset takes its values for what is left out, and its own for the rest", async () => {
  const { id: priceSeriesId } = services.givenSeries();
  const configOf = async (input: object) => {
    const { data, errors } = await api.ask(start, { input: { priceSeriesId, ...input } });
    expect(errors).toEqual([]);
    return (data as { startTraining: { run: { config: object } } }).startTraining.run.config;
  };
  expect(await configOf({ preset: "quick", epochs: 3 })).toEqual({
    window: 22,
    epochs: 3,
    transform: "LOG_RETURN",
  });
  expect(await configOf({ preset: "returns" })).toEqual({ window: 60, epochs: 50, transform: "LOG_RETURN" });
  expect(await configOf({})).toEqual({ window: 60, epochs: 50, transform: "PRICE" });
  const { errors } = await api.ask(start, { input: { priceSeriesId, preset: "slow" } });
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "preset" });
});

const preview = `query ($input: StartTrainingInput!) {
  trainingPreview(input: $input) { splits { split barCount windowCount } problem { field message } }
}`;

test("a preview tells how the series would be cut, or the first problem, and starts nothing", async () => {
  const { id: priceSeriesId } = services.givenSeries();
  const previewOf = async (input: object) => {
    const { data, errors } = await api.ask(preview, { input: { priceSeriesId, ...input } });
    expect(errors).toEqual([]);
    return (data as { trainingPreview: object }).trainingPreview;
  };
  expect(await previewOf({ testBars: 100, preset: "quick" })).toEqual({
    splits: [
      { split: "TRAIN", barCount: 720, windowCount: 697 },
      { split: "VALIDATION", barCount: 80, windowCount: 80 },
      { split: "TEST", barCount: 100, windowCount: 100 },
    ],
    problem: null,
  });
  expect(await previewOf({ window: 1 })).toEqual({
    splits: [],
    problem: { field: "window", message: "window must be 2..512, got 1" },
  });
  expect(await previewOf({ testBars: 899 })).toMatchObject({ problem: { field: "testBars" } });
  const { errors } = await api.ask(preview, { input: { priceSeriesId: "none" } });
  expect(errors[0]?.extensions.code).toBe("NOT_FOUND");
  expect((await api.ask("{ runs { totalCount } }")).data).toEqual({ runs: { totalCount: 0 } });
});
