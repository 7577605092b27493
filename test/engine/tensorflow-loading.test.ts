/** TensorFlow is optional: whatever is wrong with it is said in a sentence, and never ends the worker. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nodeUtil from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { EngineUnavailable } from "../../server/engine/engine.ts";
import { disagreement } from "../../server/engine/probe.ts";
import { loadTensorFlow, restoreUtil } from "../../server/machine/load-tensorflow.ts";

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "gatecast-tensorflow-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A package's main file with this text. */
function installed(name: string, text: string): string {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(path, text);
  return path;
}

const whyNot = (...candidates: string[]): Promise<string> =>
  loadTensorFlow(candidates).then(
    () => "it loaded",
    (error: unknown) => {
      expect(error).toBeInstanceOf(EngineUnavailable);
      return (error as Error).message;
    },
  );

/** The real one that scripts/test-tensorflow.mjs built; else tfjs' pure JavaScript, telling of itself as tfjs-node does. */
const working =
  process.env.TEST_TENSORFLOW ??
  installed(
    "working",
    `const tf = require(${JSON.stringify(require.resolve("@tensorflow/tfjs-core"))});
     require(${JSON.stringify(require.resolve("@tensorflow/tfjs-backend-cpu"))});
     Object.assign(tf.backend(), { isUsingGpuDevice: false, binding: { TF_Version: "2.9.1" } });
     module.exports = tf;`,
  );

describe("TensorFlow", () => {
  test("that is not installed is named, with how to get it", async () => {
    const message = await whyNot("@tensorflow/no-such-gpu", "@tensorflow/no-such");
    expect(message).toMatch(/no-such-gpu is not installed; @tensorflow\/no-such is not installed/);
    expect(message).toMatch(/"npm install".*CUDA 11\.2/);
  });

  test("that misses a library says which", async () => {
    const missing = "libtensorflow.so.2: cannot open shared object file";
    const broken = installed("missing-library", `throw new Error("${missing}\\nRequire stack: ...")`);
    expect(await whyNot(broken)).toContain(`missing-library.cjs does not work: ${missing} (`);
  });

  test("that computes wrongly is not used", async () => {
    const wrong = installed(
      "wrong",
      "module.exports = { ready: async () => {}, matMul: () => ({ data: async () => [12] }) };",
    );
    expect(await whyNot(wrong)).toMatch(/wrong.cjs does not work: 1 x 3 \+ 2 x 4 came out as 12/);
  });

  test("that ends the process loading it leaves this one alone, and its last words are told", async () => {
    const aborting = installed(
      "aborting",
      `require("node:fs").writeSync(2, "Illegal instruction\\n"); process.kill(process.pid, "SIGKILL");`,
    );
    expect(await whyNot(aborting)).toMatch(
      /aborting.cjs ended the process that tried it \(SIGKILL\): Illegal instruction/,
    );
    expect(await whyNot(installed("exiting", "process.exit(3)"))).toMatch(/\(exit code 3\)/);
  });

  test("that works is taken where the one before it does not, and computes as the reference does", async () => {
    const engine = await loadTensorFlow([installed("broken", "throw new Error('broken')"), working]);
    expect(engine.device).toMatch(/^.+, TensorFlow 2\.\d+\.\d+$/);
    expect(await disagreement(engine, true)).toBeNull();
  });

  test("finds the functions that newer Nodes removed, and Node's own where it has them", async () => {
    Reflect.deleteProperty(nodeUtil, "isNullOrUndefined");
    const engine = await loadTensorFlow([working]);
    expect(nodeUtil).toHaveProperty("isNullOrUndefined");
    expect(await disagreement(engine, false)).toBeNull();
    const own = () => true;
    const util: { isNullOrUndefined?: (value: unknown) => boolean; isArray: (value: unknown) => boolean } = {
      isArray: own,
    };
    restoreUtil(util);
    expect([null, undefined, 0].map((value) => util.isNullOrUndefined!(value))).toEqual([true, true, false]);
    expect(util.isArray).toBe(own);
  });
});
