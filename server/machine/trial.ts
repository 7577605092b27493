/**
 * Tries a native library in a process of its own before this one loads it: a broken driver may end the process that
 * touches it, and that must cost a line in the list of engines, not the worker.
 */
import { execFile } from "node:child_process";

/** What is wrong, as the end of a sentence that begins with the library's name. */
export interface Problem {
  readonly problem: string;
}

/** A script's way to answer: `report(finding)`. Written at once, since what follows may end the process. */
const prologue = `
  const report = (finding) => require("node:fs").writeSync(1, "\\n" + JSON.stringify(finding) + "\\n");
  const refuse = (error) => report({ problem: "does not work: " + String(error?.message ?? error).split("\\n")[0] });
`;

/**
 * @param script CommonJS; calls `report(finding)` once, or `refuse(error)`. process.argv[1] is `argument`.
 * @returns what it reported, however it ended after that; else how it ended.
 */
export function tryInProcess<Finding extends object>(
  script: string,
  argument: string,
  timeoutMs: number,
): Promise<Finding | Problem> {
  return new Promise((resolve) => {
    const options = { timeout: timeoutMs, killSignal: "SIGKILL" as const };
    execFile(process.execPath, ["--eval", prologue + script, argument], options, (error, stdout, stderr) => {
      const report = stdout.trim().split("\n").at(-1)!;
      if (report.startsWith("{") && report.endsWith("}")) return resolve(JSON.parse(report) as Finding);
      if (error?.killed) return resolve({ problem: `did not answer within ${timeoutMs / 1000} s` });
      const end = error?.signal ?? `exit code ${error?.code ?? 0}`;
      const lastWords = stderr.trim().split("\n").at(-1);
      resolve({ problem: `ended the process that tried it (${end})${lastWords ? `: ${lastWords}` : ""}` });
    });
  });
}
