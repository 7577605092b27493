/** A class that its stylesheet does not have is undefined, and nothing else says so. */
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { filesIn } from "../../support/words-in-code.ts";

const web = join(import.meta.dirname, "../../../web");
const sheets = /^import (\w+) from "(\.[^"]*\.module\.css)";$/gm;

test("every class that a component names is in its stylesheet", () => {
  const missing = filesIn(web).flatMap((path) => {
    const source = readFileSync(path, "utf8");
    const code = source.replace(sheets, "");
    return [...source.matchAll(sheets)].flatMap(([, name, sheet]) => {
      const css = readFileSync(join(dirname(path), sheet!), "utf8");
      const classes = new Set([...css.matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)].map(([, found]) => found));
      const used = [...code.matchAll(new RegExp(`(?<![\\w./-])${name}\\.(\\w+)`, "g"))].map(
        ([, found]) => found,
      );
      return used.filter((it) => !classes.has(it)).map((it) => `${relative(web, path)}: ${it} of ${sheet}`);
    });
  });
  expect(missing).toEqual([]);
});
