/** Loads Dawn, Chromium's WebGPU, from the optional package `webgpu`. Nothing else of the engine touches that package. */
/// <reference types="@webgpu/types" />
import { EngineUnavailable } from "../engine.ts";

/** WebGPU's flags, fixed by the specification (sections 5.1, 5.3 and 8.2): Dawn for Node defines no globals. */
export const bufferUsage = {
  mapRead: 0x1,
  copySource: 0x4,
  copyTarget: 0x8,
  uniform: 0x40,
  storage: 0x80,
  queryResolve: 0x200,
};
/** Optional features of devices. */
export const timestamps: GPUFeatureName = "timestamp-query";
export const subgroups: GPUFeatureName = "subgroups";
export const mapForReading = 0x1;
export const computeStage = 0x4;

/** In a variable, so that the project also builds where the package was left out. */
export const optionalPackage: string = "webgpu";
export const howToGetIt = "npm install webgpu; it needs glibc 2.34 or newer";

/**
 * What protects a browser from the pages it shows: zeros in all workgroup memory, with which a software adapter takes four
 * times as long to compile, and each index held within its array, with which an H100 takes a seventh longer. Our kernels
 * are no strangers: they write workgroup memory before they read it and stay within their arrays, and must keep doing so.
 */
const withoutGuards = "enable-dawn-features=disable_workgroup_init,disable_robustness";

/** Dawn rounds times to 0.1 ms, so that web pages cannot spy by them: more than most kernels take. */
const withExactTimes = "disable-dawn-features=timestamp_quantization";

/** Held for good: once it is collected, the next call of any of its devices ends the process. */
let loaded: GPU | null = null;

/** @throws EngineUnavailable when the package or the system's Vulkan loader is missing, with what to install. */
export async function loadDawn(): Promise<GPU> {
  if (loaded) return loaded;
  const dawn: { create(options: string[]): GPU } = await import(optionalPackage).catch((reason: unknown) => {
    throw new EngineUnavailable(
      `the optional package "webgpu" does not load here (${howToGetIt}): ${String(reason)}`,
    );
  });
  requireVulkan();
  loaded = dawn.create([withoutGuards, withExactTimes]);
  return loaded;
}

/** @throws EngineUnavailable on a Linux without a Vulkan loader: no graphics driver was ever installed there. */
export function requireVulkan(): void {
  if (process.platform === "linux" && !canLoad("libvulkan.so.1"))
    throw new EngineUnavailable(
      "no Vulkan on this machine (libvulkan.so.1 does not load): install the graphics card's driver and, on Debian and Ubuntu, libvulkan1",
    );
}

/** Asks the dynamic loader itself. Dawn would print a warning on standard error where there is no Vulkan. */
function canLoad(library: string): boolean {
  try {
    process.dlopen({ exports: {} }, library);
    return true;
  } catch (reason) {
    // A library that is found and loads ends here too, because it is no Node addon.
    return String(reason).includes("did not self-register");
  }
}
