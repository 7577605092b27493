/** What people type to find runs is read, or told to them with its place. */
import { expect, test } from "vitest";
import { InvalidInput } from "../../server/domain/errors.ts";
import { recipeFields } from "../../server/recipe/catalogue.ts";
import { parseExpression } from "../../server/recipe/run-columns/parse-expression.ts";
import { findRunColumn, runColumns } from "../../server/recipe/run-columns/run-columns.ts";

const read = (text: string) => parseExpression("filter.expression", text);
const refusal = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.replace("filter.expression, ", "");
    throw error;
  }
  return "none";
};
const compare = (column: string, comparison: string, value: unknown) =>
  expect.objectContaining({
    kind: "compare",
    comparison,
    value,
    column: expect.objectContaining({ name: column }),
  });

test("and binds closer than or, and not closer than both", () => {
  expect(read("lr < 1e-3 or tag = paper AND not units >= 100")).toEqual({
    kind: "any",
    of: [
      compare("learningRate", "<", 0.001),
      {
        kind: "all",
        of: [compare("tags", "=", "paper"), { kind: "not", of: compare("units", ">=", 100) }],
      },
    ],
  });
});

test("values are read as their column has them", () => {
  expect(read("skill>5%")).toEqual(compare("skill", ">", 0.05));
  expect(read("duration <= 1.5h")).toEqual(compare("duration", "<=", 5_400_000));
  expect(read("status = Succeeded")).toEqual(compare("status", "=", "SUCCEEDED"));
  expect(read("created >= 2026-11-27T09:30")).toEqual(
    compare("createdAt", ">=", Date.UTC(2026, 10, 27, 9, 30)),
  );
  expect(read("series = ^GSPC")).toEqual(compare("series", "=", "^GSPC"));
  expect(read('name ~ "careful (2)"')).toEqual(compare("name", "~", "careful (2)"));
  expect(read('note = "none"')).toEqual(compare("note", "=", "none"));
  expect(read("note = none")).toEqual(compare("note", "=", null));
  expect(read("har.MAE < 3")).toMatchObject({ column: { name: "HAR.mae", kind: "NUMBER" } });
  expect(read("  ")).toBeNull();
});

test("what is wrong is told with its place and what was expected there", () => {
  expect(refusal("lrr < 3")).toBe(
    'character 1: expected a column such as lr, series, tag or skill, got "lrr"',
  );
  expect(refusal("lr 3")).toBe('character 4: expected a comparison (= != < <= > >=) or in, got "3"');
  expect(refusal("lr < fast")).toBe(
    'character 6: expected a number such as 100, 1e-3 or 5% for lr, got "fast"',
  );
  expect(refusal("(lr < 3")).toBe("character 8: expected and, or, or ), got the end");
  expect(refusal("lr < 3 lr > 2")).toBe('character 8: expected and, or, or the end, got "lr"');
  expect(refusal('name ~ "open')).toBe('character 13: expected the " that ends the text, got the end');
  expect(refusal("name < x")).toBe('character 6: expected one of = != ~ !~ for name, got "<"');
  expect(refusal("status = done")).toContain("expected one of queued, running, succeeded, failed, cancelled");
  expect(refusal("lr < none")).toContain("none goes with = and != only");
  expect(refusal("created > 2026-13-01")).toContain("a day or time such as 2026-11-27");
  for (const day of ["2026-02-29", "2026-11-31", "2026-02-30T10:00", "2026-11-30T24:00"])
    expect(refusal(`created > ${day}`)).toContain(
      `expected a day that the calendar has, such as 2026-11-27 for created, got "${day}"`,
    );
  expect(refusal("created > 2024-02-29")).toBe("none");
  // No run was made then, and PostgreSQL reads no such year.
  for (const day of ["0000-12-31", "9999-12-31"])
    expect(refusal(`created > ${day}`)).toContain("a day or time such as 2026-11-27");
  expect(refusal("x".repeat(1001))).toContain("at most 1000 characters, got 1001");
  expect(refusal(Array(41).fill("lr=1").join(" or "))).toContain("at most 40 comparisons");
  expect(refusal(`${"(".repeat(30)}lr=1${")".repeat(30)}`)).toContain("at most 20 levels");
  expect(refusal("a\0b")).toContain("U+0000");
});

test("numbers are read as the table writes them, and durations as people do", () => {
  expect(read("epochs = 1,500")).toEqual(compare("epochs", "=", 1500));
  expect(read("seed = 1,234,567 and lr < 0.1")).toMatchObject({
    of: [{ value: 1_234_567 }, { value: 0.1 }],
  });
  expect(read("mae < 1,500.25")).toMatchObject({ value: 1500.25 });
  expect(read("skill > −5 %")).toMatchObject({ value: -0.05 });
  expect(read("skill > 5 % or lr = 1")).toMatchObject({ of: [{ value: 0.05 }, { value: 1 }] });
  // In a list they are two.
  expect(read("epochs in (1,500)")).toMatchObject({ of: [{ value: 1 }, { value: 500 }] });
  for (const [text, ms] of [
    ["90 s", 90_000],
    ["1m", 60_000],
    ["1 min", 60_000],
    ["2 Hours", 7_200_000],
    ["1 h 30 min", 5_400_000],
    ["7 min 20 s", 440_000],
    ["1,500 s", 1_500_000],
    ["5 分钟", 300_000],
    ["90", 90_000],
  ] as const)
    expect(read(`duration > ${text} and seed = 1`), text).toMatchObject({
      of: [{ value: ms }, { value: 1 }],
    });
  expect(refusal("epochs = 15,00")).toBe('character 12: expected and, or, or the end, got ","');
  expect(refusal("epochs = 0,001")).toContain('got ","');
  expect(refusal("epochs = 1, 500")).toContain('got ","');
  expect(refusal("duration > 3 weeks")).toBe(
    'character 12: expected a duration in ms, s, min, h or d for duration, got "3 weeks"',
  );
  // Minutes or seconds?
  expect(refusal("duration > 1h30")).toContain("a duration such as 90s, 10m, 2h or 1d");
  expect(refusal("duration > soon")).toContain("a duration such as 90s, 10m, 2h or 1d for duration");
});

test("what a keyboard of Chinese types in full width is read as if it were narrow, but for what is quoted", () => {
  expect(read("ｌｒ ＜ ０.００１")).toEqual(compare("learningRate", "<", 0.001));
  expect(read("（skill＞５％）")).toEqual(compare("skill", ">", 0.05));
  expect(read("lr ≤ 1 and　status！＝failed")).toEqual({
    kind: "all",
    of: [compare("learningRate", "<=", 1), compare("status", "!=", "FAILED")],
  });
  expect(read("status in （failed，queued）")).toMatchObject({ kind: "any", of: [{}, {}] });
  expect(read("tag = “论文（一）”")).toEqual(compare("tags", "=", "论文（一）"));
  expect(read('tag = "Ａ＝１"')).toEqual(compare("tags", "=", "Ａ＝１"));
  // A name may be kept in full width.
  expect(read("series = ＳＰＸ")).toEqual({
    kind: "any",
    of: [compare("series", "=", "SPX"), compare("series", "=", "ＳＰＸ")],
  });
  expect(read("name !~ Ａ")).toEqual({
    kind: "all",
    of: [compare("name", "!~", "A"), compare("name", "!~", "Ａ")],
  });
  expect(read("tag = 实验（一）")).toEqual(compare("tags", "=", "实验（一）"));
  expect(refusal("ｌｒ≤１ and ｌｒｒ ＜ ３")).toBe(
    'character 10: expected a column such as lr, series, tag or skill, got "ｌｒｒ"',
  );
  expect(refusal('name ~ "ＡＢ" x')).toBe('character 13: expected and, or, or the end, got "x"');
  expect(refusal("name ~ “ＡＢ")).toBe('character 11: expected the " that ends the text, got the end');
});

test("every hyperparameter is a column, and no two columns share a name", () => {
  for (const { name } of recipeFields) expect(findRunColumn(name), name).not.toBeNull();
  const names = runColumns
    .flatMap(({ name, aliases }) => [name, ...aliases])
    .map((name) => name.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
});
