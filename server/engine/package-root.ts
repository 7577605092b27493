/**
 * Where the package lies, seen from its sources and from dist/ alike: addons and WASM modules are found from
 * there, because the TypeScript build copies none of them.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const packageRoot = findUpwards(dirname(fileURLToPath(import.meta.url)));

function findUpwards(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error("no package.json above the engine's files: is the installation whole?");
  return findUpwards(parent);
}
