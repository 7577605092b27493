/** The log: JSON lines on stderr, or lines for people where stderr is a terminal. */
import pino, { type Logger } from "pino";
import pretty from "pino-pretty";
import type { LogLevel } from "./settings.ts";

export type { Logger };

const forPeople = { ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss" } as const;

/** @param name of the process, as in "api". */
export function createLogger(name: string, level: LogLevel): Logger {
  const stderr = 2;
  const destination = process.stderr.isTTY
    ? pretty({ ...forPeople, destination: stderr, sync: true })
    : pino.destination({ dest: stderr, sync: true }); // a crash must not swallow the line that explains it
  return pino({ name, level }, destination);
}

/** Turns a child's JSON line into one for people; other text passes as it is. */
export const formatLogLine: (line: string) => string = pretty.prettyFactory({ ...forPeople, colorize: true });
