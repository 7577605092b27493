/** The workers that there are, and what each can train on. db/ implements it. */
import type { EngineName } from "../domain/run.ts";

export interface EngineFinding {
  readonly engine: EngineName;
  readonly available: boolean;
  readonly detail: string;
  readonly device: string | null;
  readonly batchMs: number | null;
}
export type WorkerStatus = "IDLE" | "BUSY" | "LOST";
/** What a worker's process takes of its machine. */
export interface WorkerLoad {
  /** Share of the machine's processors, 0..1, between the last two beats. */
  readonly load: number;
  /** Resident. */
  readonly memoryBytes: number;
}
export interface WorkerInfo {
  readonly id: string;
  readonly host: string;
  /** The name of its part of the machine (WORKER_DEVICE); null where it has the whole of it. */
  readonly name: string | null;
  readonly startedAt: Date;
  /** Null of a worker of an older release, and before its second beat. */
  readonly load: number | null;
  readonly memoryBytes: number | null;
  readonly device: string;
  readonly status: WorkerStatus;
  readonly lastSeenAt: Date;
  /** Usually one; several small ones may be trained beside each other. */
  readonly currentRunIds: readonly string[];
  readonly engines: readonly EngineFinding[];
}
export interface WorkerRegistry {
  register(worker: {
    id: string;
    host: string;
    device: string;
    name: string | null;
    /** What it takes turns on with other workers. */
    deviceSlot: string;
    engines: readonly EngineFinding[];
  }): Promise<void>;
  beat(id: string, currentRunIds: readonly string[], load?: WorkerLoad): Promise<void>;
  /** The worker left in good order and is listed no more. */
  leave(id: string): Promise<void>;
  /**
   * Marks as lost every other worker that claims to train on this device, which `holderId` now holds.
   * @returns the runs that they trained.
   */
  loseOthersOn(deviceSlot: string, holderId: string): Promise<string[]>;
  /** Present workers, and those lost within the last hour. */
  list(): Promise<WorkerInfo[]>;
}
