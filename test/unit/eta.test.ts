import { expect, test } from "vitest";
import { estimateEta } from "../../server/worker/eta.ts";

test("the time left follows the last epochs, and one that was disturbed does not make it jump", () => {
  const eta = estimateEta();
  expect(eta.add(100, 9)).toBe(900);
  expect(eta.add(100, 8)).toBe(800);
  expect(eta.add(60_000, 7)).toBe(700);
  for (let left = 6; left > 0; left--) eta.add(200, left);
  expect(eta.add(200, 3)).toBe(600);
  expect(eta.add(200, 0)).toBe(0);
});
