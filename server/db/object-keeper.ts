/** The objects that rows of checkpoints name: reads them, and deletes those that no row names any more. */
import type { ObjectStore } from "../ports/checkpoints.ts";
import { StoreAway } from "../ports/checkpoints.ts";
import type { PrismaClient } from "./generated/client.ts";

export interface ObjectKeeper {
  /** Null when it is gone. @throws StoreAway */
  read(address: string): Promise<Uint8Array | null>;
  /** What the addresses begin with that are known here. */
  readonly addresses: readonly string[];
  /** Harmless for one that is gone. @throws StoreAway */
  delete(address: string): Promise<void>;
  /** Deletes the object in the background. Call it once no row names the object. */
  drop(address: string): void;
  /** Deletes in the background what lies in the run's folder and is named by no row, such as an object whose worker died before its commit. */
  sweep(runId: string): void;
  /** Resolves when no deletion is in progress. */
  idle(): Promise<void>;
}

export function createObjectKeeper(
  prisma: PrismaClient,
  given: readonly (ObjectStore | null)[],
  onTrouble: (details: object, message: string) => void,
): ObjectKeeper {
  const stores = given.filter((store) => store !== null);
  // More than one where a bucket of the same name was moved to: the address does not say at which endpoint it is.
  const storesOf = (address: string) => stores.filter((store) => address.startsWith(`${store.address}/`));
  const background = new Set<Promise<void>>();
  const inBackground = (details: object, work: () => Promise<void>) => {
    const done = work()
      // An object that stays costs only room: no reason to stop a training.
      .catch((error) => onTrouble({ ...details, reason: String(error) }, "unneeded checkpoints stay behind"))
      .finally(() => background.delete(done));
    background.add(done);
  };

  const remove = async (address: string) => {
    for (const store of storesOf(address)) await store.delete(address);
  };

  return {
    async read(address) {
      const known = storesOf(address);
      for (const store of known) {
        const bytes = await store.get(address);
        if (bytes) return bytes;
      }
      if (known.length > 0) return null;
      // Do not start over: a worker that knows the store may take the run.
      throw new StoreAway(
        `the run's checkpoint is ${address}, and this worker knows ${stores.map((each) => each.address).join(" and ") || "PostgreSQL only"}: ` +
          "set CHECKPOINT_STORE or CHECKPOINT_STORE_BEFORE to where it lies",
        true,
      );
    },
    addresses: stores.map(({ address }) => `${address}/`),
    delete: remove,
    drop: (address) => inBackground({ object: address }, () => remove(address)),
    sweep: (runId) =>
      inBackground({ runId }, async () => {
        for (const store of stores) {
          const present = await store.list(runId);
          if (present.length === 0) continue;
          const rows = await prisma.runCheckpoint.findMany({ where: { runId }, select: { object: true } });
          const named = new Set(rows.map(({ object }) => object));
          for (const address of present) if (!named.has(address)) await store.delete(address);
        }
      }),
    async idle() {
      while (background.size > 0) await Promise.all(background);
    },
  };
}
