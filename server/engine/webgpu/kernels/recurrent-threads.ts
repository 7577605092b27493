/** Threads of a workgroup that runs a layer through time: one per unit, whole warps, at most WebGPU's default 256. */
export function recurrentThreads(units: number): number {
  return Math.min(256, Math.ceil(units / 32) * 32);
}
