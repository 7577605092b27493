/** No regular expression of the server takes longer on foreign text than the text is long. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { longestCell } from "../server/csv/cell.ts";
import { dateExpressions } from "../server/csv/date-forms.ts";
import { maxLineCharacters } from "../server/csv/grammar.ts";
import { numberExpressions } from "../server/csv/numbers.ts";

const root = join(import.meta.dirname, "..");

interface Expression {
  readonly place: string;
  readonly regex: RegExp;
}

/** These never meet what a caller or a file says. */
const notForeign: { readonly [file: string]: string } = {
  "server/engine/webgpu/gpu.ts": "the GPU driver's name of itself",
};
/** The only file that puts expressions together from parts: it exports what comes out. */
const composing = "server/csv/date-forms.ts";

const sources = readdirSync(join(root, "server"), { recursive: true, encoding: "utf8" })
  .map((path) => join(root, "server", path))
  .filter((path) => path.endsWith(".ts") && !path.includes("/generated/"));

const trees = sources.map((path) =>
  ts.createSourceFile(relative(root, path), readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true),
);

function nodesOf<T extends ts.Node>(tree: ts.SourceFile, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const literals = trees
  .filter(({ fileName }) => !(fileName in notForeign))
  .flatMap((tree) =>
    nodesOf(tree, ts.isRegularExpressionLiteral).map((node): Expression => {
      const end = node.text.lastIndexOf("/");
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      const regex = new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
      return { place: `${tree.fileName}:${line + 1}`, regex };
    }),
  );
const composed = dateExpressions.map((regex): Expression => ({ place: composing, regex }));
const expressions = [...literals, ...composed].map((it) => [`${it.place} ${it.regex}`, it.regex] as const);

test("all of them are found: only one file composes some, and it hands them out", () => {
  const composers = trees.filter((tree) => {
    const isRegExp = (node: ts.Node): node is ts.NewExpression | ts.CallExpression =>
      (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText(tree) === "RegExp";
    return nodesOf(tree, isRegExp).length > 0;
  });
  expect(composers.map(({ fileName }) => fileName)).toEqual([composing]);
  const text = readFileSync(join(root, composing), "utf8");
  expect(text.match(/new RegExp\(/g)?.length).toBeLessThanOrEqual(dateExpressions.length);
  for (const regex of numberExpressions)
    expect(literals.some((it) => String(it.regex) === String(regex))).toBe(true);
  expect(literals.length).toBeGreaterThan(40);
});

describe("an analysis of the expression itself", () => {
  let check: typeof import("recheck").checkSync;
  beforeAll(async () => {
    process.env.RECHECK_SYNC_BACKEND = "pure";
    ({ checkSync: check } = await import("recheck"));
  });

  test.each(expressions)("finds no way back in %s", (_, { source, flags }) => {
    const found = check(source, flags, { timeout: 1000 });
    // Unknown is what it says when it runs out of time; the measurement below is for all.
    expect(["safe", "unknown"], JSON.stringify(found)).toContain(found.status);
  });

  test("and would find the two that took the API away", () => {
    expect(check(String.raw`^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$`, "").status).toBe("vulnerable");
    expect(check(String.raw`^(\d{1,6})${String.raw`(\d{1,2})`.repeat(50)}$`, "").status).toBe("vulnerable");
  });
});

/** Runs of each sign that the expression names or its classes have, alone and in pairs, and a sign that spoils the end. */
function worstTexts({ source }: RegExp): string[] {
  const signs = [...new Set([...source.replace(/\\[dws]/g, "1a "), "1", "a", " ", ".", ","])].slice(0, 24);
  const pairs = signs.slice(0, 6).flatMap((a) => signs.slice(0, 6).map((b) => a + b));
  return [...signs, ...pairs];
}

const filled = (unit: string, length: number) => `${unit.repeat(Math.ceil(length / unit.length))}\u0001`;

/** Below that a measurement is noise. */
const noiseMs = 2;

function fastestMs(regex: RegExp, text: string): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3 && fastest > noiseMs; time++) {
    regex.lastIndex = 0;
    const start = performance.now();
    text.replace(regex, "");
    fastest = Math.min(fastest, performance.now() - start);
  }
  return fastest;
}

describe("measured on their worst texts", () => {
  test.each(expressions)(
    "twice the text takes at most thrice as long, and a cell no time: %s",
    (_, regex) => {
      for (const unit of worstTexts(regex)) {
        expect(fastestMs(regex, filled(unit, longestCell)), unit).toBeLessThan(5);
        const twice = fastestMs(regex, filled(unit, 2 * maxLineCharacters));
        // Below that a measurement is noise.
        if (twice < 2) continue;
        const once = fastestMs(regex, filled(unit, maxLineCharacters));
        expect(twice / once, `${JSON.stringify(unit)}: ${once} ms, then ${twice} ms`).toBeLessThan(3);
      }
    },
  );

  test("the quadratic expression of old is noticed", () => {
    const old = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/;
    const [once, twice] = [1, 2].map((times) => fastestMs(old, filled("9", times * maxLineCharacters)));
    expect(twice! / once!).toBeGreaterThan(3);
  });
});
