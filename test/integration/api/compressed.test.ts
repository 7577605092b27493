/** Long answers are compressed for whoever can read that, and are the same as before. */
import { request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createFakeServices } from "../../support/fake-services.ts";

let api: TestApi;
beforeEach(async () => {
  const services = createFakeServices();
  for (let run = 0; run < 40; run++) services.givenRun({ name: `run ${run}` });
  api = await startTestApi(services);
});
afterEach(() => api.close());

/** As it comes over the wire. */
function post(query: string, accepts: string) {
  return new Promise<{ encoding: string | undefined; vary: string | undefined; body: Buffer }>(
    (resolve, reject) => {
      const headers = { "content-type": "application/json", "accept-encoding": accepts };
      const sent = request(api.endpoint, { method: "POST", headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const { "content-encoding": encoding, vary } = response.headers;
          resolve({ encoding, vary, body: Buffer.concat(chunks) });
        });
      });
      sent.on("error", reject);
      sent.end(JSON.stringify({ query }));
    },
  );
}
const runs = "{ runs(first: 40) { edges { node { id name createdAt status } } } }";

test("a list of runs is a fraction of its size, and says the same", async () => {
  const plain = await post(runs, "identity");
  expect(plain.encoding).toBeUndefined();
  expect(JSON.parse(plain.body.toString()).data.runs.edges).toHaveLength(40);
  const small = await post(runs, "gzip");
  expect(small.encoding).toBe("gzip");
  expect(small.vary).toMatch(/accept-encoding/i);
  expect(small.body.length).toBeLessThan(plain.body.length / 2);
  expect(gunzipSync(small.body).equals(plain.body)).toBe(true);
  const smaller = await post(runs, "br");
  expect(brotliDecompressSync(smaller.body).equals(plain.body)).toBe(true);
});

test("a short answer is sent as it is", async () => {
  expect((await post("{ viewer { name } }", "gzip")).encoding).toBeUndefined();
});
