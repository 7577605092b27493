/** An autoregression that is fed its own forecasts: far ahead, and fitted to very few bars. */
import { expect, test } from "vitest";
import { autoregression } from "../../../server/forecasting/forecasters/autoregression.ts";
import { garchBars, priceTarget } from "../../support/daily-bars.ts";

test("a fit to few bars does not feed itself up beyond all numbers: no step is larger than the largest move so far", () => {
  const horizon = 60;
  for (let seed = 1; seed <= 20; seed++) {
    const bars = garchBars(200, seed);
    const anchors = { firstAnchor: 13, endAnchor: 100 };
    const training = { firstBar: 0, endBar: 100 };
    const forecasts = autoregression("ROLLING").predict(priceTarget(bars), training, anchors, horizon);
    let farthest = 0;
    for (let anchor = 0; anchor < anchors.endAnchor; anchor++) {
      if (anchor > 0)
        farthest = Math.max(farthest, Math.abs(Math.log(bars.close[anchor]! / bars.close[anchor - 1]!)));
      if (anchor < anchors.firstAnchor) continue;
      const ahead = forecasts.subarray((anchor - 13) * horizon, (anchor - 12) * horizon);
      const path = [bars.close[anchor]!, ...ahead];
      for (let step = 1; step <= horizon; step++)
        expect(Math.abs(Math.log(path[step]! / path[step - 1]!))).toBeLessThanOrEqual(farthest + 1e-12);
    }
  }
});
