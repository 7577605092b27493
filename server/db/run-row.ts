/** A run's row as the domain sees it. */

import type { RunErrorCode } from "../domain/run.ts";
import type { Run } from "../ports/runs.ts";
import type { RunModel } from "./generated/models/Run.ts";
import { readLeakTest, readTrainingConfig } from "./stored-json.ts";

const errorCodes = {
  DIVERGED: true,
  DEVICE_LOST: true,
  ENGINE_UNAVAILABLE: true,
  SHAPE_UNSUPPORTED: true,
  SERIES_CHANGED: true,
  WORKER_LOST: true,
  INTERNAL: true,
} as const satisfies Record<RunErrorCode, true>;

const isErrorCode = (code: string): code is RunErrorCode => code in errorCodes;

export function runOf(row: RunModel): Run {
  const { errorCode, errorMessage, requestHash: _, cleanedAt: __, ...rest } = row;
  return {
    ...rest,
    config: readTrainingConfig(row.config),
    leakTest: row.leakTest === null ? null : readLeakTest(row.leakTest),
    // AUTO is never what trained a run.
    engine: row.engine === "AUTO" ? null : row.engine,
    error:
      errorCode === null
        ? null
        : { code: isErrorCode(errorCode) ? errorCode : "INTERNAL", message: errorMessage ?? "" },
  };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** PostgreSQL refuses to compare a uuid with other text, so other text is answered without asking it. */
export const isUuid = (id: string): boolean => uuid.test(id);
