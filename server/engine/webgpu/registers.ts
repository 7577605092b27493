/** The registers that one workgroup can have, by the vendor, since WebGPU does not tell. */
import type { Registers } from "./kernels/held-matrix.ts";

/**
 * NVIDIA: 65,536 registers of 32 bits a multiprocessor, 255 a thread, since Maxwell (CUDA C++ Programming Guide, "Technical
 * Specifications per Compute Capability"). Other vendors' cards were not measured: kernels read weights from memory there.
 */
const nvidia = { perWorkgroup: 65_536, perThread: 255 };

/** @param threads the most of a workgroup. */
export function registersOf(
  { vendor, subgroupMinSize }: GPUAdapterInfo,
  threads: number,
): Registers | undefined {
  return vendor === "nvidia" ? { ...nvidia, threads, subgroup: subgroupMinSize ?? 1 } : undefined;
}
