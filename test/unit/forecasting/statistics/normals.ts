/** Standard normal numbers of a seed, for simulations: Box and Muller's transform of Philox. */
import { philox, philoxKey } from "../../../../server/engine/philox.ts";

export function normals(seed: number): () => number {
  const words = new Uint32Array(4);
  let draw = 0;
  return () => {
    philox(philoxKey(seed, "weights"), draw++, 0, 0, 0, words);
    const radius = Math.sqrt(-2 * Math.log((words[0]! + 0.5) / 2 ** 32));
    return radius * Math.cos((2 * Math.PI * words[1]!) / 2 ** 32);
  };
}
