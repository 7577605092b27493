/** PyTorch's side of the GPU benchmark: a Python process that measures and prints one line of JSON. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** @returns {{ rows: { name: string, epochMs: number }[], device: string, missing?: string }} */
export function measurePyTorch(request) {
  const python = process.env.PYTHON ?? "python3";
  const nothing = (missing) => ({ rows: [], device: "nothing", missing });
  const { status, stdout, stderr, error } = spawnSync(
    python,
    [join(import.meta.dirname, "torch_gru.py"), JSON.stringify(request)],
    { encoding: "utf8" },
  );
  if (error) return nothing(`${python} does not start: ${error.message}`);
  if (status !== 0) {
    const lastWords = stderr.trim().split("\n").at(-1);
    return nothing(`${python}: ${lastWords} (PYTHON=<path> names another)`);
  }
  return JSON.parse(stdout.trim().split("\n").at(-1));
}
