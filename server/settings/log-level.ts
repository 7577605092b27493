/** How much the logs tell. */
import { z } from "zod";

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Whether the log tells of `level` when it is set to `setting`. */
export const tells = (setting: LogLevel, level: LogLevel): boolean =>
  logLevels.indexOf(setting) >= logLevels.indexOf(level);

export const logVariables = {
  LOG_LEVEL: { expects: `one of ${logLevels.join(", ")}`, schema: z.enum(logLevels).default("warn") },
} as const;
