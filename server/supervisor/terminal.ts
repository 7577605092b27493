/** What the terminal of `npm start` shows: lines, and below them one line that follows the training. */
import { formatLogLine } from "../log.ts";
import { visible } from "../log-lines.ts";
import { type Redact, redactor } from "../secrets.ts";
import type { TrainingProgress } from "./messages.ts";
import { progressLine } from "./progress-line.ts";

export interface Terminal {
  /** For the person at the terminal. */
  say(line: string): void;
  /** A line of a child's log. */
  log(line: string): void;
  progress(progress: TrainingProgress): void;
}

/** What it needs of process.stdout and process.stderr. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A file or a pipe gets a line of progress only so often. */
const sparseMs = 15_000;
const eraseLine = "\r\u001b[2K";

export function createTerminal(
  stdout: Output,
  stderr: Output,
  now: () => number = Date.now,
  redact: Redact = redactor(process.env),
): Terminal {
  const live = stdout.isTTY === true;
  let shown = "";
  let lastSparse: { runName: string; at: number } | null = null;

  const above = (output: Output, text: string): void => {
    if (shown !== "") stdout.write(eraseLine);
    // Our own log is clean; a library or a crash of Node.js may print an address with its password.
    output.write(`${redact(text)}\n`);
    if (shown !== "") stdout.write(shown);
  };

  return {
    say: (line) => above(stdout, visible(line, { lineBreaks: "kept" })),
    log: (line) =>
      above(
        stderr,
        stderr.isTTY === true ? formatLogLine(line).trimEnd() : visible(line, { lineBreaks: "kept" }),
      ),
    progress: (told) => {
      // Names of old runs were not checked, and may hold control characters or a line break.
      const progress = { ...told, runName: visible(told.runName, { lineBreaks: "shown" }) };
      const running = progress.status === "RUNNING";
      if (live) {
        const line = progressLine(progress, (stdout.columns ?? 80) - 1);
        stdout.write(`${eraseLine}${line}${running ? "" : "\n"}`);
        shown = running ? line : "";
        return;
      }
      const due = lastSparse?.runName !== progress.runName || now() - lastSparse.at >= sparseMs;
      if (running && !due) return;
      stdout.write(`${progressLine(progress)}\n`);
      lastSparse = running ? { runName: progress.runName, at: now() } : null;
    },
  };
}
