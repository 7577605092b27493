/** What an epoch needs on the GPU besides its windows. Most epochs are as long as the one before, so it stays for the next. */
import type { Gpu } from "./gpu.ts";

interface Room {
  readonly windows: number;
  /** Each model's order of the windows: [K, N]. */
  readonly order: GPUBuffer;
  /** [batches, K] */
  readonly losses: GPUBuffer;
}

export class EpochRoom {
  private room: Room | null = null;

  constructor(
    private readonly gpu: Gpu,
    private readonly models: number,
  ) {}

  async for(windows: number, batches: number): Promise<Room> {
    if (this.room?.windows === windows) return this.room;
    this.destroy();
    const words = { order: this.models * windows, losses: this.models * batches };
    this.room = { windows, ...(await this.gpu.buffers(words)) };
    return this.room;
  }

  destroy(): void {
    this.room?.order.destroy();
    this.room?.losses.destroy();
    this.room = null;
  }
}
