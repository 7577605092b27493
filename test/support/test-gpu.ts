/**
 * A GPU for tests: the machine's own where it has one, else a software Vulkan. Debian's chromium brings one
 * (SwiftShader) with a Vulkan loader, and lies where the browser tests need it anyway.
 */
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { EngineUnavailable } from "../../server/engine/engine.ts";
import { WebGpuEngine } from "../../server/engine/webgpu/engine.ts";

const chromiumFolders = ["/usr/lib/chromium", "/usr/lib64/chromium-browser", "/opt/google/chrome"];
/** glibc's flag to keep a library loaded, which Node's constants lack. */
const neverUnload = 0x1000;

/** What to say when there is nothing to test on. */
export const noTestGpu =
  "skipped: neither a GPU nor a software Vulkan was found (Debian: apt-get install chromium)";

/** An engine on whatever adapter there is, or null. */
export async function openTestGpu(): Promise<WebGpuEngine | null> {
  return (await tryToOpen()) ?? (useChromiumsVulkan() ? await tryToOpen() : null);
}

async function tryToOpen(): Promise<WebGpuEngine | null> {
  try {
    return await WebGpuEngine.open({ allowSoftware: true });
  } catch (reason) {
    if (reason instanceof EngineUnavailable) return null;
    throw reason;
  }
}

/** Lets the Vulkan loader and the driver of a Chromium be found by this process. */
function useChromiumsVulkan(): boolean {
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
