/**
 * Whether the process of this container does its work: ends with 0 if so. A worker keeps the file HEALTH_FILE young; an
 * API answers /health.
 */
import { statSync } from "node:fs";
import { oldestHealthMs } from "./worker/health-file.ts";

const { HEALTH_FILE: file, PORT: port = "4000" } = process.env;
const written = file ? statSync(file, { throwIfNoEntry: false })?.mtimeMs : undefined;
if (written !== undefined) process.exit(Date.now() - written < oldestHealthMs ? 0 : 1);
try {
  const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(4_000) });
  process.exit(answer.ok ? 0 : 1);
} catch {
  process.exit(1);
}
