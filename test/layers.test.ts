/** Holds the direction of imports that docs/STRUCTURE.md draws, and names the line that breaks it. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Who may import whom, by folder of server/ (web/ has its own rules below). A folder may always import itself. */
const mayImport: Record<string, readonly string[]> = {
  domain: [],
  engine: [],
  settings: [],
  machine: ["engine"],
  recipe: ["domain"],
  csv: ["domain"],
  calendar: ["domain"],
  forecasting: ["engine", "recipe", "domain"],
  ports: ["recipe", "domain"],
  services: ["ports", "csv", "calendar", "forecasting", "recipe", "domain"],
  // What implements the ports knows nothing of each other's business.
  db: ["ports", "recipe", "domain"],
  queue: ["ports"],
  live: ["ports", "domain"],
  objects: ["ports"],
  graphql: ["services", "ports", "recipe", "domain"],
  http: ["graphql", "uploads"],
  uploads: ["domain"],
  worker: ["services", "ports", "forecasting", "engine", "recipe", "domain"],
  supervisor: ["domain"],
};
/** The same for web/. `features` has a second rule: no feature imports another one. */
const webMayImport: Record<string, readonly string[]> = {
  graphql: [],
  lib: ["graphql"],
  components: ["lib", "graphql"],
  entities: ["components", "lib", "graphql"],
  features: ["entities", "components", "lib", "graphql"],
  app: ["features", "entities", "components", "lib", "graphql"],
};
/** Entry files and what they all share: they see everything, or everything may see them. */
const entryFile = /^server\/(main\.[a-z-]+|compose)\.ts$/;
const sharedByAll = new Set(["server/log.ts", "server/log-lines.ts", "server/secrets.ts"]);
const sharedRoom = "settings";
/** Packages that belong to one room: technology stays behind its door. */
const packageHomes: Record<string, readonly string[]> = {
  "@prisma/client": ["db"],
  "@prisma/adapter-pg": ["db"],
  pg: ["db", "live", "supervisor"],
  "pg-copy-streams": ["db"],
  "pg-boss": ["queue"],
  "type-graphql": ["graphql"],
  "graphql-query-complexity": ["graphql"],
  "@apollo/server": ["graphql", "http"],
  express: ["http"],
  "@fastify/busboy": ["http"],
  ws: ["http"],
  "@aws-sdk/client-s3": ["objects"],
  next: ["http"],
  "trading-signals": ["forecasting"],
  "@tensorflow/tfjs-core": ["engine", "machine"],
};

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (["node_modules", ".next", "generated"].includes(entry.name)) return [];
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });

/** Every import of a file with its line, types included: a type is knowledge too. */
function importsOf(path: string): { specifier: string; line: number }[] {
  const text = readFileSync(join(root, path), "utf8");
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName, pos }) => ({
    specifier: fileName,
    line: text.slice(0, pos).split("\n").length,
  }));
}

const roomOf = (path: string) => path.split("/")[1] ?? "";

/** What lies in web/ itself configures the tools, which no page imports. */
function complaintInWeb(from: string, target: string): string | null {
  if (from.split("/").length === 2) return null;
  const [room, targetRoom] = [roomOf(from), roomOf(target)];
  if (room === "features" && targetRoom === "features")
    return from.split("/")[2] === target.split("/")[2]
      ? null
      : "no feature imports another: what both need belongs in web/entities";
  if (room === targetRoom) return null;
  const allowed = webMayImport[room];
  if (!allowed) return `web/${room} has no rule: give it one in this test`;
  return allowed.includes(targetRoom)
    ? null
    : `web/${room} may import ${["itself", ...allowed].join(", ")} only`;
}

function complaint(from: string, specifier: string): string | null {
  if (entryFile.test(from)) return null;
  const room = roomOf(from);
  if (!specifier.startsWith(".")) {
    const name = specifier
      .split("/")
      .slice(0, specifier.startsWith("@") ? 2 : 1)
      .join("/");
    const homes = from.startsWith("server/") ? packageHomes[name] : undefined;
    return homes && !homes.includes(room) ? `${name} belongs to ${homes.join(" and ")}` : null;
  }
  const target = relative(root, resolve(root, dirname(from), specifier));
  if (from.startsWith("web/")) {
    return target.startsWith("web/")
      ? complaintInWeb(from, target)
      : "the dashboard reaches the server over HTTP and WebSocket only";
  }
  if (target.startsWith("web/")) return "the server does not import the dashboard";
  if (sharedByAll.has(target) || [room, sharedRoom].includes(roomOf(target))) return null;
  if (entryFile.test(target)) return "nothing imports an entry file";
  const allowed = mayImport[room];
  if (!allowed) return `server/${room} has no rule: give it one in this test`;
  return allowed.includes(roomOf(target))
    ? null
    : `${room} may import ${["itself", ...allowed].join(", ")} only`;
}

test("every import follows the direction of the house", () => {
  const broken = [...sources("server"), ...sources("web")].flatMap((path) =>
    importsOf(path).flatMap(({ specifier, line }) => {
      const reason = complaint(path, specifier);
      return reason ? [`${path}:${line} imports ${specifier}: ${reason}`] : [];
    }),
  );
  expect(broken).toEqual([]);
});

/** Groups of files that reach each other by their imports, types included. */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const reach = (from: string): Set<string> => {
    const seen = new Set<string>();
    const ahead = [...(imports.get(from) ?? [])];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      ahead.push(...(imports.get(next) ?? []));
    }
    return seen;
  };
  const reached = new Map([...imports.keys()].map((file) => [file, reach(file)]));
  const circles = [...imports.keys()]
    .filter((file) => reached.get(file)!.has(file))
    .map((file) =>
      [...imports.keys()].filter((one) => reached.get(file)!.has(one) && reached.get(one)!.has(file)),
    );
  return [...new Map(circles.map((circle) => [circle.join(), circle])).values()];
}

test("no file needs itself, by whatever way round: there is no circle of imports, in a room or between rooms", () => {
  const files = [...sources("server"), ...sources("web")];
  const imports = new Map(
    files.map((path) => [
      path,
      importsOf(path)
        .filter(({ specifier }) => specifier.startsWith("."))
        .map(({ specifier }) => relative(root, resolve(root, dirname(path), specifier))),
    ]),
  );
  expect(circlesIn(imports)).toEqual([]);
});

test("a circle is noticed, and its files are named", () => {
  const imports = new Map([
    ["a", ["b"]],
    ["b", ["c", "d"]],
    ["c", ["a"]],
    ["d", []],
    ["e", ["e"]],
  ]);
  expect(circlesIn(imports)).toEqual([["a", "b", "c"], ["e"]]);
});

test("a step in the wrong direction is noticed and named", () => {
  expect(complaint("server/domain/run.ts", "../services/start-training.ts")).toMatch(
    /domain may import itself/,
  );
  expect(complaint("server/services/start-training.ts", "pg")).toBe(
    "pg belongs to db and live and supervisor",
  );
  expect(complaint("web/lib/client.ts", "../../server/domain/run.ts")).toMatch(/HTTP and WebSocket only/);
  expect(complaint("web/entities/run/skill.tsx", "../../features/run/scores.tsx")).toMatch(
    /web\/entities may import itself/,
  );
  expect(complaint("web/features/runs/training-now.tsx", "../run/scores.tsx")).toMatch(
    /no feature imports another/,
  );
  expect(complaint("web/features/run/run-page.tsx", "./scores.tsx")).toBeNull();
  expect(complaint("web/lib/format.ts", "../components/card.tsx")).toMatch(/web\/lib may import itself/);
  expect(complaint("server/engine/engine.ts", "../domain/run.ts")).toMatch(/engine may import itself/);
});
