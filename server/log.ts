/** The log: JSON lines on stderr, or lines for people where stderr is a terminal. Every line is bounded and clean. */
import { format } from "node:util";
import pino, { type Logger } from "pino";
import pretty from "pino-pretty";
import {
  longestLine,
  shortDetails,
  shortMessage,
  visible,
  visibleFields,
  withoutRawControls,
} from "./log-lines.ts";
import { type Redact, redactor } from "./secrets.ts";
import type { LogLevel } from "./settings/log-level.ts";

export type { Logger };

/** Where lines go: each ends with a line break. */
export interface LogDestination {
  write(line: string): unknown;
}

const forPeople = { ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss" } as const;

/** @param name of the process, as in "api". */
export function createLogger(
  name: string,
  level: LogLevel,
  destination: LogDestination = stderr(),
  redact: Redact = redactor(process.env),
): Logger {
  return pino(
    {
      name,
      level,
      // Details are serialised once, below: pino's own would do it again.
      serializers: { err: (details: unknown) => details },
      formatters: { log: (details) => shortDetails(details, redact) },
      hooks: {
        logMethod(args, method) {
          method.apply(this, shortArguments(args, redact) as Parameters<typeof method>);
        },
      },
    },
    { write: (line: string) => void destination.write(bounded(withoutRawControls(line))) },
  );
}

/** What Node.js warns of goes through the log, bounded and as loud as LOG_LEVEL says, instead of past it. */
export function logProcessWarnings(log: Logger): void {
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    const level = warning.name === "DeprecationWarning" ? "debug" : "warn";
    log[level]({ err: warning }, "Node.js warns");
  });
}

/** What a library prints goes through the log, too. Next's server writes of each page that fails, and greets at its start. */
export function logConsole(log: Logger, console_: Console = console): void {
  const to =
    (level: "debug" | "warn" | "error") =>
    (...printed: unknown[]): void =>
      log[level](format(...printed));
  Object.assign(console_, {
    ...{ debug: to("debug"), log: to("debug"), info: to("debug"), trace: to("debug") },
    ...{ warn: to("warn"), error: to("error") },
  });
}

/** (details, message), whatever pino would have accepted: an error alone is its details, and its words the message. */
function shortArguments(args: readonly unknown[], redact: Redact): unknown[] {
  const [first, second] = args;
  if (typeof first === "string") return [shortMessage(first, redact)];
  const details = first instanceof Error ? { err: first } : ((first ?? {}) as object);
  const { err } = details as { err?: unknown };
  const message = typeof second === "string" ? second : err instanceof Error ? err.message : undefined;
  return message === undefined ? [details] : [details, shortMessage(message, redact)];
}

/** The last look: what got past the shortening is not written, and that is. */
function bounded(line: string): string {
  const bytes = Buffer.byteLength(line);
  if (bytes <= longestLine) return line;
  const { level, time, name } = JSON.parse(line) as Record<string, unknown>;
  return `${JSON.stringify({ level, time, name, msg: `a log line of ${bytes} bytes was left out` })}\n`;
}

function stderr(): LogDestination {
  const sink = pino.destination({ dest: 2, sync: true }); // a crash must not swallow the line that explains it
  return process.stderr.isTTY ? { write: (line) => sink.write(formatLogLine(line)) } : sink;
}

const prettyLine = pretty.prettyFactory({ ...forPeople, colorize: true });

/** Turns a JSON line into one for people. Of any text nothing is left that a terminal would obey. */
export function formatLogLine(line: string): string {
  const fields = fieldsOf(line);
  return fields === null
    ? visible(line, { lineBreaks: "kept" })
    : prettyLine(visibleFields(fields) as object);
}

function fieldsOf(line: string): object | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line) as object;
  } catch {
    return null;
  }
}
