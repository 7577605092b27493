/** The program that docs/API.md shows, run as it stands there, against the real services and a worker. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fencedBlocks } from "../../support/documents.ts";
import { startTestProduct, type TestProduct } from "../../support/test-product.ts";

const projectFolder = new URL("../../../", import.meta.url);
const run = promisify(execFile);

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
  const csv = readFileSync(new URL("prisma/sample-data/sp500-2000.csv", projectFolder), "utf8");
  await product.services.importPriceSeries({ symbol: "SPX", csv, timezone: "America/New_York" });
});
afterAll(() => product.close());

test("the program in docs/API.md starts a training, follows it and prints its scores", async () => {
  const [program] = fencedBlocks("js");
  // Its imports are looked up from the working folder: the project's own graphql-ws and ws.
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program!.text], {
    cwd: projectFolder,
    env: { ...process.env, GATECAST_URL: product.api.url },
    timeout: 50_000,
  });
  expect(stdout).toMatch(/QUEUED\nRUNNING\nepoch 1: .*\nepoch 2: .*\nepoch 3: .*\nSUCCEEDED\n/);
  for (const split of ["TRAIN", "VALIDATION", "TEST"]) expect(stdout).toContain(split);
});
