/** Where there is no GPU: a line in the list of engines with what to do, and never a crash. */
import { afterEach, expect, test, vi } from "vitest";
import { loadEngine } from "../../server/engine/catalogue.ts";
import { EngineUnavailable } from "../../server/engine/engine.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.doUnmock("webgpu");
  vi.resetModules();
});

test("without the optional package the engine says how to get it", async () => {
  vi.doMock("webgpu", () => {
    throw new Error("Cannot find package 'webgpu'");
  });
  const unavailable = await loadEngine("WEBGPU").catch((reason: unknown) => reason);
  expect(unavailable).toBeInstanceOf(EngineUnavailable);
  expect((unavailable as Error).message).toContain("npm install webgpu");
});

test.runIf(process.platform === "linux")(
  "without a Vulkan loader the engine says what to install",
  async () => {
    const open = process.dlopen;
    vi.spyOn(process, "dlopen").mockImplementation((...args) => {
      if (args[1] === "libvulkan.so.1") throw new Error("libvulkan.so.1: cannot open shared object file");
      open.apply(process, args);
    });
    await expect(loadEngine("WEBGPU")).rejects.toThrow(/libvulkan1/);
  },
);
