/**
 * Reads ahead of a busy reader: what the source yields meanwhile gathers in one group, the next to be read.
 *
 *   source ─► gathering group ─► reader
 *      ▲______________│ while it is full, the source is not asked for more
 *
 * A reader that is faster than its source gets every item at once and alone: groups form only where it falls behind.
 */

export interface Gathering<Item, Group> {
  /** @param group null where none is gathering: the item begins one. */
  readonly join: (group: Group | null, item: Item) => Group;
  readonly isFull: (group: Group) => boolean;
}

/**
 * In the order of the source and with nothing left out. What the source throws is thrown after all that it yielded.
 * A reader that leaves early waits for the item in hand, which is dropped; then the source is told to end.
 */
export async function* inGroups<Item, Group>(
  source: AsyncIterable<Item>,
  { join, isFull }: Gathering<Item, Group>,
): AsyncGenerator<Group, void, void> {
  const state = { group: null as Group | null, ended: false, left: false };
  // One place to wait at is enough: the reader waits for a group, the source for there to be none.
  let wake = () => {};
  const change = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });

  const gather = async () => {
    try {
      for await (const item of source) {
        if (state.left) return;
        state.group = join(state.group, item);
        wake();
        while (state.group !== null && isFull(state.group) && !state.left) await change();
      }
    } finally {
      state.ended = true;
      wake();
    }
  };
  const gathering = gather();
  // It is told below, when its turn comes.
  gathering.catch(() => undefined);

  try {
    for (;;) {
      const { group, ended } = state;
      if (group !== null) {
        state.group = null;
        wake();
        yield group;
      } else if (ended) {
        return await gathering;
      } else {
        await change();
      }
    }
  } finally {
    state.left = true;
    wake();
    await gathering.catch(() => undefined);
  }
}
