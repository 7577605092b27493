/** What a training run goes through: its states, its epochs, its end. */

//    QUEUED ─► RUNNING ─► SUCCEEDED | FAILED | CANCELLED        RUNNING ─► QUEUED when its worker is lost or drains
//    QUEUED ─► CANCELLED | FAILED                               CANCELLED ─► QUEUED when someone resumes it
export const runStatuses = ["QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"] as const;
export type RunStatus = (typeof runStatuses)[number];

export const nextStatuses = {
  QUEUED: ["RUNNING", "CANCELLED", "FAILED"],
  RUNNING: ["SUCCEEDED", "FAILED", "CANCELLED", "QUEUED"],
  SUCCEEDED: [],
  FAILED: [],
  CANCELLED: ["QUEUED"],
} as const satisfies Record<RunStatus, readonly RunStatus[]>;

/** Nothing happens to it any more, unless someone resumes it. */
export const isFinal = (status: RunStatus): boolean =>
  status === "SUCCEEDED" || status === "FAILED" || status === "CANCELLED";

export type EngineName = "WEBGPU" | "TENSORFLOW" | "NATIVE" | "WASM";
export type RequestedEngine = EngineName | "AUTO";

/** 0 unless asked otherwise: there is room for what is urgent and for what may wait. */
export const priorityRange = { least: -10, usual: 0, most: 10 } as const;

/** Runs that may wait at a time, where no setting says otherwise: some days' work for one worker. */
export const mostWaitingRuns = 200;

export type Split = "TRAIN" | "VALIDATION" | "TEST";

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

/** Losses are means of the loss that was asked for, in scaled units. */
export interface Epoch {
  /** From 1. */
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number | null;
  readonly durationMs: number;
  readonly samplesPerSecond: number;
}
