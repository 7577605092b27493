import { expect, test } from "vitest";
import { hashRequest } from "../../server/services/request-hash.ts";

test("two requests are the same whatever the order of their fields, and whether a default is absent or null", () => {
  const layers = [{ units: 8, dropout: 0.1 }];
  const one = hashRequest({ priceSeriesId: "s", epochs: 5, layers, idempotencyKey: "k" });
  expect(
    hashRequest({ layers: [{ dropout: 0.1, units: 8 }], epochs: 5, priceSeriesId: "s", name: null }),
  ).toBe(one);
  expect(hashRequest({ priceSeriesId: "s", epochs: 6, layers })).not.toBe(one);
  expect(hashRequest({ priceSeriesId: "s", epochs: 5, layers: [...layers, ...layers] })).not.toBe(one);
});

test("a request whose key was stored before there was a weight decay is the same one now that 0 is filled in", () => {
  const before = hashRequest({ priceSeriesId: "s", epochs: 5 });
  expect(hashRequest({ priceSeriesId: "s", epochs: 5, weightDecay: 0 })).toBe(before);
  expect(hashRequest({ priceSeriesId: "s", epochs: 5, weightDecay: 0.01 })).not.toBe(before);
});
