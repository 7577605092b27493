/** Random numbers that a seed decides. Each purpose has a stream of its own: more draws for one do not shift another. */
import { createHash } from "node:crypto";

/** mulberry32: 32 bits of state are plenty for a storm. */
export function randomOf(seed, purpose) {
  let state = createHash("sha256").update(`${seed} ${purpose}`).digest().readUInt32LE();
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** A whole number, both ends included. */
  const integer = (least, most) => least + Math.floor(next() * (most - least + 1));
  return {
    integer,
    chance: (share) => next() < share,
    pick: (list) => list[integer(0, list.length - 1)],
    shuffled(list) {
      const left = [...list];
      return list.map(() => left.splice(integer(0, left.length - 1), 1)[0]);
    },
  };
}
