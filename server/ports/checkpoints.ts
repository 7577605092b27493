/** Trained states, and where their bytes lie. db/ and objects/ implement it. */
import type { Transaction } from "./transaction.ts";

/** The store of checkpoints did not answer, or refused. The same request may succeed once it is back or its setting is right. */
export class StoreAway extends Error {
  /** @param refused the store answered with a refusal: waiting alone does not help. */
  constructor(
    message: string,
    readonly refused: boolean,
  ) {
    super(message);
  }
}

export interface CheckpointBytes {
  /** Epochs finished when it was taken. */
  readonly epoch: number;
  readonly state: Uint8Array;
}
/** A checkpoint whose bytes lie where they will stay; it counts once it is saved. */
export type PlacedCheckpoint = { readonly epoch: number; readonly checksum: string } & (
  | { readonly state: Uint8Array }
  | { readonly object: string; readonly bytes: number }
);
/** Trained states as bytes: the last two of each run, with the best epoch's weights within. */
export interface CheckpointStore {
  /** Call it before the transaction that saves it, so that a row never names an object that does not exist. @throws StoreAway */
  place(runId: string, checkpoint: CheckpointBytes): Promise<PlacedCheckpoint>;
  /** Saving the same again changes nothing. */
  save(tx: Transaction, runId: string, checkpoint: PlacedCheckpoint): Promise<void>;
  /** The newest whose checksum is right. @throws StoreAway */
  latest(runId: string): Promise<CheckpointBytes | null>;
  /** Whether the run has one to go on from, as far as its rows say. */
  has(tx: Transaction, runId: string): Promise<boolean>;
  /** The run has ended: only the newest is kept. */
  settle(tx: Transaction, runId: string): Promise<void>;
  /** Deletes all checkpoints of these runs. Objects in a store are deleted later, by `sweepDiscarded`. */
  discard(tx: Transaction, runIds: readonly string[]): Promise<void>;
  /** Deletes discarded objects of the stores that this process knows. @returns whether there may be more. @throws StoreAway */
  sweepDiscarded(): Promise<boolean>;
}

/** Bytes under addresses of its own, outside of the database. Every method throws StoreAway. */
export interface ObjectStore {
  /** What all its addresses begin with. */
  readonly address: string;
  /** @returns the address, under which nothing else was or will be. */
  put(folder: string, bytes: Uint8Array): Promise<string>;
  /** Null: there is no such object. */
  get(address: string): Promise<Uint8Array | null>;
  /** Harmless for one that is gone. */
  delete(address: string): Promise<void>;
  /** Addresses of all in the folder. */
  list(folder: string): Promise<string[]>;
}
