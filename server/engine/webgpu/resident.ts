/**
 * Arrays that stay on the GPU between calls: uploaded once for each array, found again by its identity. The
 * windows of training, validation and test usually share their rows. The arrays must not be changed meanwhile.
 */
import { ShapeUnsupported } from "../engine.ts";
import type { Gpu } from "./gpu.ts";

type Numbers = Float32Array | Int32Array;

/** Far more than one call needs; the least recently used goes first. */
const mostArrays = 16;

export class ResidentArrays {
  private readonly buffers = new Map<Numbers, GPUBuffer>();

  constructor(private readonly gpu: Gpu) {}

  /** @throws ShapeUnsupported when the array is larger than what the device binds, or than its free memory. */
  async bufferOf(what: string, array: Numbers): Promise<GPUBuffer> {
    const known = this.buffers.get(array);
    this.buffers.delete(array);
    const buffer = known ?? (await this.upload(what, array));
    this.buffers.set(array, buffer);
    if (this.buffers.size > mostArrays) {
      const [oldest, oldestBuffer] = this.buffers.entries().next().value!;
      oldestBuffer.destroy();
      this.buffers.delete(oldest);
    }
    return buffer;
  }

  private async upload(what: string, array: Numbers): Promise<GPUBuffer> {
    const largest = this.gpu.limits.maxStorageBufferBindingSize;
    if (array.byteLength > largest)
      throw new ShapeUnsupported(
        `the ${what} take ${array.byteLength} bytes; ${this.gpu.name} binds at most ${largest}: train on fewer rows, windows or features`,
      );
    const { buffer } = await this.gpu.buffers({ buffer: array.length });
    this.gpu.upload(buffer, array);
    return buffer;
  }

  destroy(): void {
    for (const buffer of this.buffers.values()) buffer.destroy();
    this.buffers.clear();
  }
}
