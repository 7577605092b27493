/** Where what may be lost is kept between starts. */
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Environment } from "./variable.ts";

/** As the system has it for each user. */
export function cacheFolder(env: Environment, home = homedir()): string {
  const given = env.XDG_CACHE_HOME;
  const usual = {
    darwin: join(home, "Library", "Caches"),
    win32: env.LOCALAPPDATA || join(home, "AppData", "Local"),
  }[process.platform as string];
  return join(given && isAbsolute(given) ? given : (usual ?? join(home, ".cache")), "gatecast");
}
