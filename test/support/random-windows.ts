/** Windows over a made-up series, for tests of engines: every target differs, so a window out of place shows. */
import type { ModelShape, WindowSet } from "../../server/engine/engine.ts";

export function randomWindows({ window, features, horizon }: ModelShape, count: number): WindowSet {
  const rows = new Float32Array((count + window) * features);
  for (let i = 0; i < rows.length; i++) rows[i] = Math.sin(0.37 * i) + 0.3 * Math.cos(1.7 * i * i);
  return {
    rows,
    // Not in the order of the rows, and one row apart at least.
    starts: Int32Array.from({ length: count }, (_, i) => (i * 7) % count),
    targets: Float32Array.from({ length: count * horizon }, (_, i) => Math.sin(0.9 * i) * 0.8),
  };
}
