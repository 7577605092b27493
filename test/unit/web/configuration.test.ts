/** What the page of a run tells of its configuration. */
import { expect, test } from "vitest";
import { type Config, configurationFacts } from "../../../web/features/run/configuration-facts.ts";
import { smallConfig } from "../../support/small-config.ts";

const config: Config = {
  ...smallConfig,
  features: [...smallConfig.features],
  layers: [...smallConfig.layers],
};
const told = (changes: Partial<Config>) => Object.fromEntries(configurationFacts({ ...config, ...changes }));

test("clipping and weight decay are told of the runs that have them, and of no other", () => {
  expect(Object.keys(told({}))).not.toContain("Gradient clipping");
  expect(Object.keys(told({}))).not.toContain("Weight decay");
  expect(told({ clipNorm: 0.5, weightDecay: 0.004 })).toMatchObject({
    "Gradient clipping": "norm 0.5",
    "Weight decay": "0.004",
  });
});

test("what validates is told: bars of its own, the test, or nothing", () => {
  expect(told({ validationBars: 1200 })).toMatchObject({ Validation: "1,200 bars" });
  expect(told({ validationBars: 0 })).toMatchObject({ Validation: "none" });
  expect(told({ validationBars: 0, validateOnTest: true })).toMatchObject({ Validation: "on the test" });
});
