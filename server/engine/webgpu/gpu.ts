/**
 * One opened GPU: its buffers, its queue, and the two ways in which it can fail. Whoever waits for it waits through
 * `settled`, so that a lost device rejects at once and never hangs.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { DeviceLost, EngineUnavailable, ShapeUnsupported } from "../engine.ts";
import { bufferUsage, loadDawn, mapForReading, subgroups, timestamps } from "./dawn.ts";
import type { Limits } from "./plan.ts";
import { registersOf } from "./registers.ts";

const lossIsToldWithinMs = 1_000;

export interface GpuOptions {
  /** Accept an adapter that computes on the processor. For tests: it is far slower than the CPU engines. */
  readonly allowSoftware?: boolean;
}

export class Gpu {
  /** The first error that no error scope caught: a mistake of ours, told by the next call that waits. */
  private mistake: Error | null = null;
  private lost: DeviceLost | null = null;
  /** Those that wait for work, by how to tell them. */
  private readonly waiting = new Set<(lost: DeviceLost) => void>();

  private constructor(
    readonly device: GPUDevice,
    /** The card, as its driver names it. */
    readonly name: string,
    private readonly info: GPUAdapterInfo,
  ) {
    device.addEventListener("uncapturederror", (event) => {
      this.mistake ??= new Error(
        `WebGPU refused a call: ${(event as GPUUncapturedErrorEvent).error.message}`,
      );
    });
    void device.lost.then((info) => {
      this.lost = new DeviceLost(`the GPU (${name}) was lost: ${info.message || info.reason}`);
      for (const tell of this.waiting) tell(this.lost);
    });
  }

  /** @throws EngineUnavailable when there is no GPU, or only a software adapter that was not asked for. */
  static async open({ allowSoftware = false }: GpuOptions = {}): Promise<Gpu> {
    const adapter = await (await loadDawn()).requestAdapter({ powerPreference: "high-performance" });
    if (!adapter)
      throw new EngineUnavailable(
        "Dawn found no GPU: install the card's Vulkan driver and check that it is seen (vulkaninfo --summary)",
      );
    const name = nameOf(adapter.info);
    if (adapter.info.isFallbackAdapter && !allowSoftware)
      throw new EngineUnavailable(
        `only a software adapter was found (${name}), which no training should use`,
      );
    const device = await adapter
      .requestDevice({
        requiredLimits: largestLimits(adapter),
        // Time is for measurements only (kernel-times.ts). Not every card has either.
        requiredFeatures: [timestamps, subgroups].filter((feature) => adapter.features.has(feature)),
      })
      .catch((reason: unknown) => {
        throw new EngineUnavailable(`the GPU (${name}) gives no device: ${messageOf(reason)}`);
      });
    const shownName = adapter.info.isFallbackAdapter ? `${name}, a software adapter` : name;
    return new Gpu(device, shownName, adapter.info);
  }

  get limits(): Limits {
    const {
      maxStorageBufferBindingSize,
      maxBufferSize,
      maxComputeWorkgroupsPerDimension,
      maxComputeWorkgroupStorageSize,
      maxComputeInvocationsPerWorkgroup,
      maxComputeWorkgroupSizeX,
    } = this.device.limits;
    return {
      maxStorageBufferBindingSize,
      maxBufferSize,
      maxComputeWorkgroupsPerDimension,
      maxComputeWorkgroupStorageSize,
      registers: this.hasSubgroups
        ? registersOf(this.info, Math.min(maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupSizeX))
        : undefined,
    };
  }

  /** Whether it has a clock that passes can ask. */
  get tellsTime(): boolean {
    return this.device.features.has(timestamps);
  }

  /** Whether neighbouring threads can exchange numbers. */
  get hasSubgroups(): boolean {
    return this.device.features.has(subgroups);
  }

  get isLost(): boolean {
    return this.lost !== null;
  }

  /** Waits for the GPU. @throws DeviceLost as soon as the device is gone, whatever becomes of `work`. */
  async settled<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await this.unlessLost(work);
      if (this.mistake) throw this.mistake;
      return result;
    } catch (reason) {
      // What a loss cut short may fail for reasons of its own before the loss itself is told.
      if (reason instanceof Error && reason.name === "AbortError")
        await this.unlessLost(sleep(lossIsToldWithinMs));
      throw this.lost ?? reason;
    }
  }

  /** A race with a promise of the loss would do the same, but that promise would keep 300 bytes of each race for good. */
  private unlessLost<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.lost) reject(this.lost);
      this.waiting.add(reject);
      work.then(resolve, reject).finally(() => this.waiting.delete(reject));
    });
  }

  /** Buffers of `floats` 4-byte words each, all zero. @throws ShapeUnsupported when memory does not suffice. */
  async buffers<Name extends string>(
    words: Readonly<Record<Name, number>>,
  ): Promise<Record<Name, GPUBuffer>> {
    this.device.pushErrorScope("out-of-memory");
    const created = {} as Record<Name, GPUBuffer>;
    for (const label in words) created[label] = this.storage(label, words[label]);
    const shortage = await this.settled(this.device.popErrorScope());
    if (!shortage) return created;
    for (const label in created) created[label].destroy();
    const total = Object.values<number>(words).reduce((sum, count) => sum + count, 0);
    throw new ShapeUnsupported(
      `${this.name} has no room for another ${Math.ceil((4 * total) / 2 ** 20)} MiB: choose a smaller batch, window or model`,
    );
  }

  private storage(label: string, words: number): GPUBuffer {
    const usage = bufferUsage.storage | bufferUsage.copySource | bufferUsage.copyTarget;
    return this.device.createBuffer({ label, size: Math.max(16, 4 * words), usage });
  }

  upload(target: GPUBuffer, data: Float32Array | Int32Array | Uint32Array, atWord = 0): void {
    this.device.queue.writeBuffer(target, 4 * atWord, data as Float32Array<ArrayBuffer>);
  }

  /** The first `words` of each source, copied in one submit and mapped once. */
  async read(
    sources: readonly { readonly buffer: GPUBuffer; readonly words: number }[],
  ): Promise<Float32Array[]> {
    const size = sources.reduce((sum, { words }) => sum + 4 * words, 0);
    const staging = this.device.createBuffer({
      label: "read-back",
      size: Math.max(4, size),
      usage: bufferUsage.mapRead | bufferUsage.copyTarget,
    });
    const encoder = this.device.createCommandEncoder();
    const starts: number[] = [];
    let end = 0;
    for (const { buffer, words } of sources) {
      encoder.copyBufferToBuffer(buffer, 0, staging, end, 4 * words);
      starts.push(end / 4);
      end += 4 * words;
    }
    this.device.queue.submit([encoder.finish()]);
    await this.settled(staging.mapAsync(mapForReading));
    const all = new Float32Array(staging.getMappedRange().slice(0));
    staging.destroy();
    return sources.map(({ words }, i) => all.subarray(starts[i]!, starts[i]! + words));
  }

  destroy(): void {
    this.device.destroy();
  }
}

/** "nvidia-h100-pcie (NVIDIA: 550.54.14)": the card, and its driver in the driver's own words. */
function nameOf({ device, vendor, description }: GPUAdapterInfo): string {
  return `${device.replace(/-+$/, "") || vendor} (${description})`;
}

const messageOf = (reason: unknown) => (reason instanceof Error ? reason.message : String(reason));

/** What large models need beyond WebGPU's defaults; asking for all that there is costs nothing. */
function largestLimits({ limits }: GPUAdapter): Record<string, number> {
  return {
    maxBufferSize: limits.maxBufferSize,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
    maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
  };
}
