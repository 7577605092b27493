/** Idempotency keys are stored with a hash of their request, for ever: what an older release hashed is known today. */
import { graphql } from "graphql";
import { expect, test } from "vitest";
import { createSchema } from "../../server/graphql/schema.ts";
import { recipeFields } from "../../server/recipe/catalogue.ts";
import { hashRequest } from "../../server/services/request-hash.ts";
import type { StartTrainingRequest } from "../../server/services/services.ts";

const priceSeriesId = "01234567-89ab-7def-8123-456789abcdef";
const schema = createSchema();

/** The hash of a request as it reaches the service through the API. */
async function hashOf(fields: string): Promise<string> {
  let hash = "";
  const startTraining = async (request: StartTrainingRequest) => {
    hash = hashRequest(request);
    return { id: priceSeriesId };
  };
  const { errors } = await graphql({
    schema,
    source: `mutation { startTraining(input: { priceSeriesId: "${priceSeriesId}" ${fields} }) { run { id } } }`,
    contextValue: { services: { startTraining } },
  });
  expect(errors).toBeUndefined();
  return hash;
}

// Made through the API of commit 2feefa1, whose schema had the defaults.
test.each([
  ["", "37342479b6a0c317a2b2089d385d286e7dcbc89ccd4fb7d3ca2f5e35af1ac342"],
  ['idempotencyKey: "k", epochs: 5', "1d875cc5846317399e4d90f350489520329f18ee32377202f604477e7bfdebd2"],
  ["epochs: null", "1ff09128f2c2364ec6729b4297234625f5a377fdffb5856f032b1e908331719d"],
  [
    "weightDecay: 0, clipNorm: null, validationBars: null, name: null",
    "37342479b6a0c317a2b2089d385d286e7dcbc89ccd4fb7d3ca2f5e35af1ac342",
  ],
  ["weightDecay: 0.01, clipNorm: 0.5", "b2e3617490a06656d2c59ec32c587e6b2fd5fef463348dc8cb6c118dc42dff67"],
  [
    "layers: [{ units: 8 }, { units: 4, dropout: 0.1 }], features: [CLOSE, VOLUME], window: 20",
    "6ecd7e5c86b4b973384da35e446fcd477871c35a22252e52d1929bf98b3e1b93",
  ],
  [
    'name: "night", engine: NATIVE, priority: 3, target: OPEN, transform: LOG_RETURN, scalerFit: EACH_SPLIT, ' +
      "validateOnTest: true, validationBars: 0, resetAfter: false, horizon: 2, batchSize: 32, learningRate: 0.01, " +
      "seed: 1, testBars: 100",
    "e6c7fac5133d1b3b3f0ab688508c33d8c1f1f357a13a9e24b7c707cc20f7c04a",
  ],
])("a key that an older release stored for { %s } is known today", async (fields, stored) => {
  expect(await hashOf(fields)).toBe(stored);
});

test("a field that came after the first edition changes no hash by its default, and every hash by another value", () => {
  const request = { priceSeriesId, epochs: 5 };
  const later = recipeFields.filter(({ field }) => field.since > 1);
  expect(later.map(({ name }) => name)).toEqual(expect.arrayContaining(["clipNorm", "weightDecay"]));
  for (const { name, field } of later) {
    expect(hashRequest({ ...request, [name]: field.default }), name).toBe(hashRequest(request));
    expect(hashRequest({ ...request, [name]: 0.25 }), name).not.toBe(hashRequest(request));
  }
});

test("two requests are the same whatever the order of their fields, and whether a name is absent or null", () => {
  const layers = [{ units: 8, dropout: 0.1 }];
  const one = hashRequest({ priceSeriesId, epochs: 5, layers, idempotencyKey: "k" });
  expect(hashRequest({ layers: [{ dropout: 0.1, units: 8 }], epochs: 5, priceSeriesId, name: null })).toBe(
    one,
  );
  expect(hashRequest({ priceSeriesId, epochs: 6, layers })).not.toBe(one);
  expect(hashRequest({ priceSeriesId, epochs: 5, layers: [...layers, ...layers] })).not.toBe(one);
});

test("a preset's request is another one than that of its values, which may change", () => {
  const asked = hashRequest({ priceSeriesId, preset: "quick" });
  expect(hashRequest({ priceSeriesId, preset: "quick" })).toBe(asked);
  expect(hashRequest({ priceSeriesId, preset: "quick", epochs: 50 })).not.toBe(asked);
  expect(hashRequest({ priceSeriesId, preset: "returns" })).not.toBe(asked);
  expect(hashRequest({ priceSeriesId })).not.toBe(asked);
});
