/** What the project's documents show: their fenced blocks, by language. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

export interface FencedBlock {
  /** As in "docs/API.md:12". */
  readonly place: string;
  readonly text: string;
}

const markdownFiles = (): string[] => [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

export function fencedBlocks(language: string): FencedBlock[] {
  return markdownFiles().flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)]
      .filter(([, found]) => found === language)
      .map((match) => ({
        place: `${file}:${text.slice(0, match.index).split("\n").length}`,
        text: match[2]!,
      }));
  });
}

/** Links from one document to another file of the project: where they stand, and where they lead. */
export function fileLinks(): { place: string; target: string }[] {
  return markdownFiles().flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map((match) => ({
      place: `${file}:${text.slice(0, match.index).split("\n").length}`,
      target: resolve(root, file, "..", match[1]!),
    }));
  });
}

/** Commands of npm that a document names, in blocks and in running text alike. */
export function npmCommands(): { place: string; name: string }[] {
  return markdownFiles().flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    return [...text.matchAll(/npm (?:run )?([a-z][a-z:-]*[a-z])/g)]
      .filter(([all, name]) => all.startsWith("npm run ") || ["test", "start", "ci"].includes(name!))
      .map((match) => ({
        place: `${file}:${text.slice(0, match.index).split("\n").length}`,
        name: match[1]!,
      }));
  });
}
