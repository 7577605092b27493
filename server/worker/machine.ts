/** Names this machine, so that two workers can tell whether they run on the same one. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Linux draws an id at each boot. All containers of a machine see the same id, although their host names differ. */
const bootIdFile = "/proc/sys/kernel/random/boot_id";

export function machineId(): string {
  try {
    return readFileSync(bootIdFile, "utf8").trim();
  } catch {
    return hostname();
  }
}
