/** A training run, from the request to its scores. */
import type { TrainingConfig } from "./training-config.ts";

//    QUEUED ─► RUNNING ─► SUCCEEDED | FAILED | CANCELLED        RUNNING ─► QUEUED when its worker is lost or drains
//    QUEUED ─► CANCELLED | FAILED
export const runStatuses = ["QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"] as const;
export type RunStatus = (typeof runStatuses)[number];

export const nextStatuses = {
  QUEUED: ["RUNNING", "CANCELLED", "FAILED"],
  RUNNING: ["SUCCEEDED", "FAILED", "CANCELLED", "QUEUED"],
  SUCCEEDED: [],
  FAILED: [],
  CANCELLED: [],
} as const satisfies Record<RunStatus, readonly RunStatus[]>;

export const isFinal = (status: RunStatus): boolean => nextStatuses[status].length === 0;

export const canBecome = (from: RunStatus, to: RunStatus): boolean =>
  (nextStatuses[from] as readonly RunStatus[]).includes(to);

export type EngineName = "WEBGPU" | "TENSORFLOW" | "NATIVE" | "WASM";
export type RequestedEngine = EngineName | "AUTO";

/** 0 unless asked otherwise: there is room for what is urgent and for what may wait. */
export const priorityRange = { least: -10, usual: 0, most: 10 } as const;

/** Runs that may wait at a time, where no setting says otherwise: some days' work for one worker. */
export const mostWaitingRuns = 200;

export type Split = "TRAIN" | "VALIDATION" | "TEST";

export interface Run {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly seriesId: string;
  readonly seriesContentHash: string;
  readonly config: TrainingConfig;
  readonly requestedEngine: RequestedEngine;
  /** Among waiting runs the higher one is trained first. */
  readonly priority: number;
  /** What really trained it. */
  readonly engine: EngineName | null;
  readonly device: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Epochs finished so far. */
  readonly epoch: number;
  /** The epoch whose weights made the scores and predictions. */
  readonly bestEpoch: number | null;
  readonly etaMs: number | null;
  readonly lastSequence: number;
  readonly cancelRequestedAt: Date | null;
  readonly error: RunError | null;
  readonly warnings: readonly string[];
  readonly idempotencyKey: string | null;
  /** How often a worker has begun or resumed it. */
  readonly attempts: number;
  /** How often its worker vanished while it trained. */
  readonly lostAttempts: number;
}

export interface RunError {
  readonly code: RunErrorCode;
  /** For the person who started the run: what happened, and what to change. */
  readonly message: string;
}

export type RunErrorCode =
  | "DIVERGED"
  | "DEVICE_LOST"
  | "ENGINE_UNAVAILABLE"
  | "SHAPE_UNSUPPORTED"
  | "SERIES_CHANGED"
  | "WORKER_LOST"
  | "INTERNAL";

/** Losses are mean squared error in scaled units. */
export interface Epoch {
  /** From 1. */
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number | null;
  readonly durationMs: number;
  readonly samplesPerSecond: number;
}
