/**
 * Tells when the GPU has passed a place in its queue. The queue's own promise is about everything submitted until one
 * asks; a buffer that is written there can be asked for later, while work behind it goes on.
 */
import { bufferUsage, mapForReading } from "./dawn.ts";
import type { Gpu } from "./gpu.ts";

export interface Fence {
  /** May be asked once. */
  passed(): Promise<void>;
}

export class Fences {
  private readonly all: GPUBuffer[] = [];
  private readonly free: GPUBuffer[] = [];

  constructor(private readonly gpu: Gpu) {}

  atEndOf(encoder: GPUCommandEncoder): Fence {
    const buffer = this.free.pop() ?? this.create();
    encoder.clearBuffer(buffer);
    const passed = async () => {
      await buffer.mapAsync(mapForReading);
      buffer.unmap();
      this.free.push(buffer);
    };
    return { passed };
  }

  destroy(): void {
    for (const buffer of this.all) buffer.destroy();
  }

  private create(): GPUBuffer {
    const usage = bufferUsage.mapRead | bufferUsage.copyTarget;
    const buffer = this.gpu.device.createBuffer({ label: "fence", size: 4, usage });
    this.all.push(buffer);
    return buffer;
  }
}
