/** An outside oracle: what PyTorch and Keras made of the same weights and windows. */
import { describe, expect, test } from "vitest";
import { relativeError } from "../../server/engine/probe.ts";
import { golden, goldenNames } from "./golden-files.ts";
import { enginesUnderTest, withModel } from "./support.ts";

describe.each(enginesUnderTest)("$name", ({ create }) => {
  test.each(goldenNames)(
    "with the weights of %s.json, ten Adam steps lose what they lost there, to 1e-5",
    async (name) => {
      const { windows, losses, predictions, ...given } = golden(name);
      await withModel(create(2), given, async (model) => {
        for (const [step, loss] of losses.entries()) {
          const { lossSum } = await model.trainEpoch(windows, step + 1);
          expect(Math.abs(lossSum / windows.targets.length / loss - 1)).toBeLessThan(1e-5);
        }
        expect(relativeError(await model.predict(windows), predictions)).toBeLessThan(1e-5);
      });
    },
  );
});
