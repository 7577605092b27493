/**
 * A socket's operations by their ids, each from the message that begins it to its real end. graphql-ws forgets an id as soon
 * as its operation is completed, also while that one is only being prepared: a second operation of the same id would be
 * taken for the first, both would live, and the first could not be ended any more.
 */

type Message = { readonly type?: unknown; readonly id?: unknown };
type Handle = (message: Message) => Promise<void>;

interface Begun {
  /** The client has completed it. */
  isCompleted: boolean;
}

/** @param inUse hears of an operation whose id another one has that waits for it already. */
export function operationsOf(handle: Handle, inUse: () => void) {
  const begun = new Map<unknown, Begun>();
  const waiting = new Map<unknown, Message>();

  async function begin(message: Message): Promise<void> {
    const { id } = message;
    begun.set(id, { isCompleted: false });
    try {
      await handle(message);
    } finally {
      begun.delete(id);
    }
    const next = waiting.get(id);
    waiting.delete(id);
    if (next !== undefined) await begin(next);
  }

  return {
    /** Those that have not come to their end, whether somebody wants them or not. */
    count: (): number => begun.size,
    async handle(message: Message): Promise<void> {
      const { type, id } = message;
      const before = begun.get(id);
      if (type === "complete") {
        if (waiting.delete(id)) return;
        if (before) before.isCompleted = true;
        return handle(message);
      }
      if (type !== "subscribe") return handle(message);
      if (waiting.has(id)) return inUse();
      if (before === undefined) return begin(message);
      if (!before.isCompleted) return handle(message); // which refuses it
      waiting.set(id, message);
    },
  };
}
