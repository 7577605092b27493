/**
 * Reads ahead of a busy reader: gathers in one group what the source yields meanwhile, and hands the group over next.
 *
 *   source ─► gathering group ─► reader
 *      ▲______________│ while it is full, the source is not asked for more
 *
 * A reader that is faster than its source gets every item at once and alone: groups form only where it falls behind.
 */

export interface Gathering<Item, Group> {
  /** @param group null: the item begins a new group. */
  readonly join: (group: Group | null, item: Item) => Group;
  readonly isFull: (group: Group) => boolean;
}

/**
 * Yields every item in the order of the source. Throws what the source throws, after all that the source yielded.
 * If the reader leaves early, drops the item in hand once it has come, and then ends the source.
 */
export async function* inGroups<Item, Group>(
  source: AsyncIterable<Item>,
  { join, isFull }: Gathering<Item, Group>,
): AsyncGenerator<Group, void, void> {
  const state = { group: null as Group | null, ended: false, left: false };
  // One promise serves both: the reader waits for a group, the source waits until the group is taken.
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
  // The reader gets this error below, after all groups.
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
