/** The form for a new run: numbers as people type them, lists, and errors that stand beside what was typed. */
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { formValues, type RecipeField } from "../../web/features/start-training/form-values.ts";
import { StartForm } from "../../web/features/start-training/start-form.tsx";
import { type Answers, type Asked, show } from "./support/show.tsx";

const field = (name: string, more: Partial<RecipeField>): RecipeField => ({
  ...{
    name,
    label: name,
    help: "",
    kind: "INTEGER",
    group: "DATA",
    unit: null,
    minimum: null,
    maximum: null,
  },
  ...{
    isMinimumExclusive: false,
    isMaximumExclusive: false,
    choices: [],
    choiceLabels: [],
    defaultValue: null,
  },
  ...{ omitted: null, isSweepable: false, appliesWhen: null, parts: [] },
  ...more,
});
const units = field("units", { label: "Units", minimum: 1, maximum: 512 });
const fields = [
  field("window", {
    label: "Window",
    help: "Bars that it sees",
    minimum: 2,
    maximum: 2_000,
    defaultValue: "60",
  }),
  field("layers", {
    label: "GRU layers",
    kind: "LAYERS",
    group: "MODEL",
    minimum: 1,
    maximum: 2,
    parts: [units],
  }),
  field("learningRate", {
    ...{ label: "Learning rate", kind: "NUMBER", group: "TRAINING", minimum: 0, maximum: 1 },
    ...{ isMinimumExclusive: true, isSweepable: true },
  }),
];
const preset = {
  ...{ id: "standard", title: "Standard", description: "For most", expectation: "Little", seeds: 1 },
  values: [
    { name: "window", value: "60" },
    { name: "layers", value: '[{"units":32}]' },
    { name: "learningRate", value: "0.001" },
  ],
};
const spx = {
  ...{ id: "s1", symbol: "SPX", name: null, timezone: "UTC", barCount: 5_105 },
  ...{ firstTime: "2004-01-02T00:00:00Z", lastTime: "2024-01-02T00:00:00Z" },
};
const form = (
  <StartForm
    initial={formValues({ priceSeriesId: "s1", name: "", engine: "AUTO" }, fields, preset.values)}
    fields={fields}
    series={[spx]}
    presets={[preset]}
    like={null}
    seriesId={null}
  />
);

interface Input {
  readonly window: number;
}
const answers: Answers = {
  TrainingPreview: ({ input }) => ({
    trainingPreview: {
      splits: [],
      problem:
        (input as Input).window === 1_500 ? { field: "window", message: "window must be at most 900" } : null,
      estimate: null,
    },
  }),
  StartTraining: () => ({ startTraining: { run: { id: "r9" } } }),
  StartExperiment: () => ({ startExperiment: { experiment: { id: "e9" } } }),
};
const text = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name });
const said = (name: string) =>
  document.getElementById(text(name).getAttribute("aria-describedby") ?? "")?.textContent;
const sent = (asked: readonly Asked[], name: string) =>
  asked.filter((one) => one.name === name).map(({ variables }) => variables.input);

test("takes numbers as people type them, and goes to the run that it started", async () => {
  const { user, asked, visited } = show(form, { answers });
  await user.clear(text("Window"));
  await user.type(text("Window"), "1,0００");
  await user.click(screen.getByRole("button", { name: "Start the run" }));
  await waitFor(() => expect(visited).toEqual(["/runs/r9"]));
  expect(sent(asked, "StartTraining")).toEqual([
    expect.objectContaining({ priceSeriesId: "s1", preset: "standard", window: 1_000 }),
  ]);
});

test("a list makes a group of runs, and the button says how many", async () => {
  const { user, asked, visited } = show(form, { answers });
  await user.clear(text("Learning rate"));
  await user.type(text("Learning rate"), "1e-3, 3e-4; 1e-4");
  expect(screen.getByTestId("changes").textContent).toBe("1 change to Standard: learning rate");
  await user.click(screen.getByRole("button", { name: "Start 3 runs" }));
  await waitFor(() => expect(visited).toEqual(["/experiments/e9"]));
  const [experiment] = sent(asked, "StartExperiment");
  expect(JSON.stringify(experiment)).toContain(
    '{"field":"learningRate","values":["0.001","0.0003","0.0001"]}',
  );
});

test("says beside what was typed what is wrong with it, sends nothing, and takes the focus there", async () => {
  const { user, asked } = show(form, { answers });
  await user.clear(text("Window"));
  await user.type(text("Window"), "12,5");
  expect(text("Window").value).toBe("12,5");
  expect(said("Window")).toMatch(/^Is 12\.5 meant\?/);
  await user.click(screen.getByRole("button", { name: /^Start/ }));
  await waitFor(() => expect(document.activeElement).toBe(text("Window")));
  expect(sent(asked, "StartTraining")).toEqual([]);

  await user.clear(text("Window"));
  await user.type(text("Window"), "60");
  expect(said("Window")).toBe("Bars that it sees");
});

test("what the series does not allow is told while one types, in the form's own words", async () => {
  const { user } = show(form, { answers });
  await user.clear(text("Window"));
  await user.type(text("Window"), "1500");
  await waitFor(() => expect(said("Window")).toMatch(/must be at most 900/i));
  expect(said("Window")).toMatch(/^Window/);
});

test("a refusal leaves all that was typed, and says why", async () => {
  const refused = { ...answers, StartTraining: () => new Error("The database is full.") };
  const { user, visited } = show(form, { answers: refused });
  await user.type(text("Name of the run"), "mine");
  await user.click(screen.getByRole("button", { name: "Start the run" }));
  expect((await screen.findByRole("alert")).textContent).toContain("The database is full.");
  expect(text("Name of the run").value).toBe("mine");
  expect(visited).toEqual([]);
});

test("layers are told apart by their numbers, and the error of one is not the other's", async () => {
  const { user } = show(form, { answers });
  const unitsOf = (layer: string) =>
    within(screen.getByRole("group", { name: layer })).getByRole<HTMLInputElement>("textbox", {
      name: "Units",
    });
  expect(unitsOf("GRU 1").value).toBe("32");
  await user.click(screen.getByRole("button", { name: "Add a layer" }));
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Add a layer" }).disabled).toBe(true);
  expect(screen.getByTestId("changes").textContent).toBe("1 change to Standard: GRU layers");
  await user.clear(unitsOf("GRU 2"));
  await user.type(unitsOf("GRU 2"), "0");
  const areWrong = ["GRU 1", "GRU 2"].map((layer) => unitsOf(layer).getAttribute("aria-invalid"));
  expect(areWrong).toEqual(["false", "true"]);
  await user.click(screen.getByRole("button", { name: "Remove layer 2" }));
  expect(screen.queryByRole("group", { name: "GRU 2" })).toBeNull();
});

test("what was typed is back on the next visit", async () => {
  const { user, unmount } = show(form, { answers });
  await user.type(text("Name of the run"), "mine");
  await waitFor(() => expect(localStorage.length).toBe(1));
  unmount();
  const again = show(form, { answers });
  expect(text("Name of the run").value).toBe("mine");
  await again.user.click(screen.getByRole("button", { name: "Start over" }));
  expect(text("Name of the run").value).toBe("");
  expect(localStorage.length).toBe(0);
});
