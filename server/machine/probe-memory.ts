/**
 * Remembers what the check and the timing of an engine gave, so that the next worker starts without them. Whether an
 * engine is there is never remembered: it is loaded each time, and its device, with the driver's version, is part of
 * what an answer is found by. A memory that cannot be read or written costs two seconds at start, and nothing else.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, hostname, release } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EngineReport } from "../engine/engine.ts";
import { packageRoot } from "../engine/package-root.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** A timing was perhaps taken while the machine was busy: it is not held against an engine for long. */
const trustedForMs = 7 * dayMs;
/** Whoever repairs a driver may leave its version as it was. */
const distrustedForMs = dayMs;

export interface ProbeMemory {
  /** What was found of this engine on this very device, or null when it has to be found (again). */
  recall(engine: EngineReport["engine"], device: string): Promise<EngineReport | null>;
  keep(report: EngineReport): Promise<void>;
}

export const noMemory: ProbeMemory = { recall: async () => null, keep: async () => {} };

/** For who asks anew: what it finds is kept for others. */
export const writeOnly = (memory: ProbeMemory): ProbeMemory => ({ ...memory, recall: noMemory.recall });

type Entries = Readonly<Record<string, EngineReport & { readonly foundAt: number }>>;

/**
 * @param folder where engines.json lies; made when it is missing.
 * @param installation see `fingerprint`.
 */
export function openProbeMemory(
  folder: string,
  installation = fingerprint(),
  now: () => number = Date.now,
): ProbeMemory {
  const file = join(folder, "engines.json");
  const keyOf = (engine: string, device: string | null) => digest([installation, engine, device]);
  const isFresh = ({ available, foundAt }: Entries[string]) =>
    foundAt <= now() && now() - foundAt < (available ? trustedForMs : distrustedForMs);
  return {
    async recall(engine, device) {
      const found = (await read(file))[keyOf(engine, device)];
      if (!found || !isFresh(found)) return null;
      const { available, detail, batchMs } = found;
      return { engine, available, detail, device, batchMs };
    },
    async keep(report) {
      const entries = Object.entries(await read(file)).filter(([, entry]) => isFresh(entry));
      const own = { [keyOf(report.engine, report.device)]: { ...report, foundAt: now() } };
      await write(file, { ...Object.fromEntries(entries), ...own }).catch(() => {});
    },
  };
}

/** Everything but the device that an answer depends on: the machine, Node, and the engines' very files. */
export function fingerprint(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as {
    version: string;
  };
  const machine = [hostname(), process.arch, release(), cpus()[0]?.model, availableParallelism()];
  const folders = [
    fileURLToPath(new URL("../engine", import.meta.url)),
    fileURLToPath(new URL(".", import.meta.url)),
    join(packageRoot, "build", "native"),
    join(packageRoot, "server", "engine", "wasm"),
  ];
  return digest([machine, process.version, version, folders.map(stamps)]);
}

/** Name, size and time of each file below; nothing where there is no such folder. */
function stamps(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .sort()
      .map((name) => {
        const { size, mtimeMs } = statSync(join(folder, name));
        return `${name} ${size} ${mtimeMs}`;
      });
  } catch {
    return [];
  }
}

const digest = (parts: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);

async function read(file: string): Promise<Entries> {
  try {
    const entries: unknown = JSON.parse(await readFile(file, "utf8"));
    if (typeof entries !== "object" || entries === null) return {};
    return Object.fromEntries(Object.entries(entries).filter(([, entry]) => isEntry(entry)));
  } catch {
    return {};
  }
}

/** The file is the user's to edit, and older versions' to have written. */
function isEntry(entry: unknown): entry is Entries[string] {
  if (typeof entry !== "object" || entry === null) return false;
  const { available, detail, batchMs, foundAt } = entry as Partial<Entries[string]>;
  const timed = available ? Number.isFinite(batchMs) && batchMs! > 0 : batchMs === null;
  return typeof available === "boolean" && typeof detail === "string" && timed && Number.isFinite(foundAt);
}

/** In one step: workers that start together never read half a file. */
async function write(file: string, entries: Entries): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(draft, `${JSON.stringify(entries, null, 2)}\n`);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
