/** Where there is no GPU, or a broken one: a line in the list of engines with what to do, and never a crash. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { EngineUnavailable } from "../../server/engine/engine.ts";
import { loadEngine } from "../../server/machine/catalogue.ts";
import { tryWebGpu } from "../../server/machine/load-webgpu.ts";

const folder = mkdtempSync(join(tmpdir(), "gatecast-webgpu-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** What the dynamic loader says of Vulkan's loader, on machines with and without one. */
function givenVulkan(message: string) {
  const open = process.dlopen;
  vi.spyOn(process, "dlopen").mockImplementation((...args) => {
    if (args[1] === "libvulkan.so.1") throw new Error(message);
    open.apply(process, args);
  });
}

/** A package's main file with this text. */
function installed(name: string, text: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, text);
  return path;
}

const whyNot = (name: string): Promise<string> =>
  tryWebGpu(name).then(
    () => "it works",
    (error: unknown) => {
      expect(error).toBeInstanceOf(EngineUnavailable);
      return (error as Error).message;
    },
  );

test("without the optional package the engine says how to get it", async () => {
  expect(await whyNot("no-such-webgpu")).toMatch(/no-such-webgpu" is not installed \(npm install webgpu/);
});

test.runIf(process.platform === "linux")(
  "without a Vulkan loader the engine says what to install",
  async () => {
    givenVulkan("libvulkan.so.1: cannot open shared object file");
    await expect(loadEngine("WEBGPU")).rejects.toThrow(/libvulkan1/);
  },
);

describe("with a Vulkan loader", () => {
  beforeEach(() => givenVulkan("Module did not self-register"));

  test("a driver that ends the process asking it leaves this one alone, and its last words are told", async () => {
    const aborting = installed(
      "aborting",
      `import { writeSync } from "node:fs";
       const requestAdapter = () => { writeSync(2, "driver: assertion failed\\n"); process.kill(process.pid, "SIGKILL"); };
       export const create = () => ({ requestAdapter });`,
    );
    expect(await whyNot(aborting)).toMatch(
      /^WebGPU ended the process that tried it \(SIGKILL\): driver: assertion failed \(update the graphics card/,
    );
  });

  test("a card that gives no device says why", async () => {
    const refusing = installed(
      "refusing",
      `const adapter = { requestDevice: async () => { throw new Error("out of device memory"); } };
       export const create = () => ({ requestAdapter: async () => adapter });`,
    );
    expect(await whyNot(refusing)).toContain("WebGPU does not work: out of device memory (");
  });

  test("a driver that fails only at the process's end is used all the same", async () => {
    const clumsy = installed(
      "clumsy",
      `process.on("exit", () => process.kill(process.pid, "SIGKILL"));
       const adapter = { requestDevice: async () => ({ destroy() {} }) };
       export const create = () => ({ requestAdapter: async () => adapter });`,
    );
    expect(await whyNot(clumsy)).toBe("it works");
  });
});
