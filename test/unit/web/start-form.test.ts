/** The form for a new run and the API agree on what can be trained. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidInput } from "../../../server/domain/errors.ts";
import { fillIn } from "../../../server/recipe/complete-config.ts";
import { parseTrainingConfig } from "../../../server/recipe/parse-request.ts";
import { trainingPresets } from "../../../server/recipe/presets.ts";
import { seriesFacts } from "../../../server/recipe/series-facts.ts";
import { checkForm } from "../../../web/features/start-training/checks.ts";
import {
  type FormValues,
  formValues,
  targets,
  trainingInput,
  transforms,
  withTarget,
} from "../../../web/features/start-training/form-values.ts";
import { splitBars } from "../../../web/features/start-training/split-preview.ts";

const standard: FormValues = formValues(
  { priceSeriesId: "s1", name: "", engine: "AUTO" },
  {
    ...fillIn(trainingPresets[0]!.request),
  },
);

/** A series without holes, all above 0: what only the API can know is not tried here. */
function seriesOf(barCount: number) {
  const column = Float64Array.from({ length: barCount }, (_, i) => 1 + i);
  const prices = { open: column, high: column, low: column, close: column };
  return seriesFacts({ time: column, ...prices, adjustedClose: column, volume: column });
}

/** What the API says to the form's request: null when it accepts. */
function refusalOf(values: FormValues, barCount: number): InvalidInput | null {
  const {
    priceSeriesId: _series,
    name: _name,
    engine: _engine,
    idempotencyKey: _key,
    ...request
  } = trainingInput(values, "key");
  try {
    parseTrainingConfig(request as Parameters<typeof parseTrainingConfig>[0], seriesOf(barCount));
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
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: number });
const typed: fc.Arbitrary<FormValues> = fc.record({
  priceSeriesId: fc.constant("s1"),
  name: fc.constant(""),
  target: fc.constantFrom(...targets),
  transform: fc.constantFrom(...transforms),
  features: fc.uniqueArray(fc.constantFrom(...targets), { maxLength: 3 }),
  window: mostly("60"),
  horizon: mostly("1"),
  layers: fc.array(fc.record({ units: mostly("8"), dropout: mostly("0.2") }), { minLength: 1, maxLength: 5 }),
  resetAfter: fc.boolean(),
  epochs: mostly("50"),
  batchSize: mostly("64"),
  learningRate: mostly("0.001"),
  clipNorm: mostly(""),
  weightDecay: mostly("0"),
  seed: mostly("7"),
  testBars: mostly("300"),
  validationBars: fc.oneof(fc.constantFrom("", "0", "100"), number),
  validateOnTest: fc.boolean(),
  scalerFit: fc.constantFrom("TRAIN" as const, "EACH_SPLIT" as const),
  engine: fc.constant("AUTO" as const),
});

describe("the form's checks", () => {
  test("pass exactly what the API accepts, whatever is typed", () => {
    fc.assert(
      fc.property(typed, fc.integer({ min: 1, max: 900 }), (values, barCount) => {
        const said = Object.entries(checkForm(values, barCount)).join();
        const refusal = refusalOf(values, barCount)?.message ?? "nothing";
        expect(said === "", `form: ${said}; API: ${refusal}`).toBe(refusal === "nothing");
      }),
      { numRuns: 3000 },
    );
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
      [{ weightDecay: "1001" }, "weightDecay"],
      [{ seed: "-1" }, "seed"],
      [{ layers: [{ units: "513", dropout: "0" }] }, "layers[0].units"],
      [{ layers: [{ units: "8", dropout: "1" }] }, "layers[0].dropout"],
      [{ features: [] }, "features"],
      [{ testBars: "4000" }, "testBars"],
      [{ validationBars: "4000" }, "validationBars"],
    ] as const) {
      const values = { ...standard, ...change };
      expect(Object.keys(checkForm(values, 3000))).toEqual([field]);
      expect(refusalOf(values, 3000)?.field).toBe(field);
    }
  });

  test("tell how much weight decay the learning rate leaves room for", () => {
    expect(checkForm({ ...standard, learningRate: "0.03", weightDecay: "34" }, 3000)).toEqual({
      weightDecay: "At most 33 at this learning rate",
    });
    expect(checkForm({ ...standard, learningRate: "0.03", weightDecay: "33" }, 3000)).toEqual({});
  });

  test("ask for a series before anything else is compared with it", () => {
    expect(checkForm({ ...standard, priceSeriesId: "" }, null)).toHaveProperty("priceSeriesId");
  });

  test("pass every preset on the sample series", () => {
    for (const { request } of trainingPresets) {
      const values = formValues({ priceSeriesId: "s1", name: "", engine: "AUTO" }, fillIn(request));
      expect(checkForm(values, 5105)).toEqual({});
    }
  });
});

describe("a run again with changes", () => {
  test("begins with the run's clipping and weight decay, and asks for the same unless they are changed", () => {
    const config = { ...fillIn(trainingPresets[0]!.request), clipNorm: 0.5, weightDecay: 0.004 };
    const values = formValues({ priceSeriesId: "s1", name: "", engine: "AUTO" }, config);
    expect(values).toMatchObject({ clipNorm: "0.5", weightDecay: "0.004" });
    expect(trainingInput(values, "key")).toMatchObject({ clipNorm: 0.5, weightDecay: 0.004 });
    expect(trainingInput({ ...values, clipNorm: " " }, "key").clipNorm).toBeNull();
    expect(trainingInput(standard, "key")).toMatchObject({ clipNorm: null, weightDecay: 0 });
  });
});

describe("another target", () => {
  test("is seen by a network that saw the old target alone, and changes nothing that was chosen", () => {
    expect(withTarget(standard, "OPEN")).toEqual({ target: "OPEN", features: ["OPEN"] });
    const chosen = { ...standard, features: ["CLOSE", "VOLUME"] as const };
    expect(withTarget(chosen, "OPEN")).toEqual({ target: "OPEN", features: ["CLOSE", "VOLUME"] });
  });
});

describe("the preview of the splits", () => {
  test("is how the API will cut the series", () => {
    fc.assert(
      fc.property(typed, fc.integer({ min: 1, max: 5000 }), (values, barCount) => {
        fc.pre(refusalOf(values, barCount) === null);
        const { validationBars, testBars } = parseTrainingConfig(
          { ...trainingInput(values, "key") } as Parameters<typeof parseTrainingConfig>[0],
          seriesOf(barCount),
        ).config;
        expect(splitBars(values, barCount)).toEqual({
          train: barCount - validationBars - testBars,
          validation: validationBars,
          test: testBars,
        });
      }),
    );
  });
});
