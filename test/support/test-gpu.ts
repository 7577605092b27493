/**
 * A GPU for tests: the machine's own where it has one, else a software Vulkan. Debian's chromium brings one
 * (SwiftShader) with a Vulkan loader, and lies where the browser tests need it anyway.
 */
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { EngineUnavailable } from "../../server/engine/engine.ts";
import { Gpu } from "../../server/engine/webgpu/gpu.ts";

const chromiumFolders = ["/usr/lib/chromium", "/usr/lib64/chromium-browser", "/opt/google/chrome"];
/** glibc's flag to keep a library loaded, which Node's constants lack. */
const neverUnload = 0x1000;

/** What to say when there is nothing to test on. */
export const noTestGpu =
  "skipped: neither a GPU nor a software Vulkan was found (Debian: apt-get install chromium)";

/** Makes sure that `Gpu.open({ allowSoftware: true })` will work; false when there is nothing to open. */
export async function findTestGpu(): Promise<boolean> {
  return (await canOpen()) || (provideChromiumsVulkan() && (await canOpen()));
}

async function canOpen(): Promise<boolean> {
  try {
    (await Gpu.open({ allowSoftware: true })).destroy();
    return true;
  } catch (reason) {
    if (reason instanceof EngineUnavailable) return false;
    throw reason;
  }
}

/** Lets the Vulkan loader and the driver of a Chromium be found by this process. */
function provideChromiumsVulkan(): boolean {
  const folder = chromiumFolders.find((one) => existsSync(`${one}/vk_swiftshader_icd.json`));
  if (!folder) return false;
  process.env.VK_DRIVER_FILES = `${folder}/vk_swiftshader_icd.json`;
  try {
    // Dawn asks for "libvulkan.so.1" and gets the one that is already loaded under this name.
    process.dlopen({ exports: {} }, `${folder}/libvulkan.so.1`, constants.dlopen.RTLD_NOW | neverUnload);
  } catch {
    // Loaded, but no Node addon: that is what is wanted.
  }
  return true;
}

/** When the queue is handed work for the n-th time from now on. */
export function submitOf(queue: GPUQueue, n: number): Promise<void> {
  const submit = queue.submit.bind(queue);
  let calls = 0;
  return new Promise((resolve) => {
    queue.submit = (commands) => {
      submit(commands);
      if (++calls === n) resolve();
    };
  });
}
