/** What the database holds of a run's configuration is checked where it is read. */
import { expect, test } from "vitest";
import { readTrainingConfig } from "../../server/db/stored-json.ts";
import { smallConfig } from "../support/small-config.ts";

test("a configuration comes back as it was stored", () => {
  const config = { ...smallConfig, clipNorm: 0.5, weightDecay: 0.01 };
  expect(readTrainingConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
});

test("a run from before clipping and weight decay could be chosen has neither", () => {
  const { clipNorm: _clip, weightDecay: _decay, ...stored } = smallConfig;
  expect(readTrainingConfig(stored)).toEqual({ ...stored, clipNorm: null, weightDecay: 0 });
});

test("a stored configuration that is none is named, with the field that is wrong", () => {
  expect(() => readTrainingConfig({ ...smallConfig, weightDecay: "much" })).toThrow(
    /^the stored run.config is not readable:.*weightDecay/s,
  );
});
