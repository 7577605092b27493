/** Which machine this is, as far as two workers must know to tell whether they share one. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Linux gives one to each start of its kernel, the same in all containers on it, whose names differ. */
const bootIdFile = "/proc/sys/kernel/random/boot_id";

export function machineId(): string {
  try {
    return readFileSync(bootIdFile, "utf8").trim();
  } catch {
    return hostname();
  }
}
