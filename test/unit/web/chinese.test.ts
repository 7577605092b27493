/** What Chinese has of its own besides words: dates, amounts, the order of words, where a line may end. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { markLabel } from "../../../web/components/price-plot/exchange-clock.ts";
import { enumerated, listed } from "../../../web/entities/run/listed.ts";
import { filterOf } from "../../../web/features/runs/table-state.ts";
import * as format from "../../../web/lib/format.ts";
import { installChinese } from "../../../web/lib/words/catalogue.ts";
import { speak } from "../../../web/lib/words/language.ts";
import { t } from "../../../web/lib/words/t.ts";
import { chineseWords } from "../../../web/lib/words/zh/words.ts";

beforeAll(() => {
  installChinese(chineseWords, []);
  speak("zh");
});
afterAll(() => {
  installChinese({}, []);
  speak("en");
});

test("days are written with their signs, and a bar's time stands after a blank", () => {
  expect(format.day("2020-04-24T00:00:00Z", "UTC")).toBe("2020年4月24日");
  expect(format.barTime("2020-04-24T19:30:00Z", "America/New_York")).toBe("2020年4月24日 15:30");
});

test("the search finds the word of a state that a row shows", () => {
  const search = (words: string) => filterOf({ tab: "all", search: words, where: "" }).searchStatus;
  expect(search("已完成")).toEqual(["SUCCEEDED"]);
  expect(search("succeeded")).toBeUndefined();
});

test("amounts count in ten thousands and hundred millions", () => {
  expect([12_487_000_000, 753_263_013.8, 20_360, 9_999, 840].map(format.compactCount)).toEqual([
    "124.9亿",
    "7.533亿",
    "2.036万",
    "9999",
    "840",
  ]);
});

test("marks of a time axis are as short as in English, so that none is cut or covers the next", () => {
  const wall = Date.UTC(2020, 3, 24, 9, 30);
  expect((["year", "month", "day", "time"] as const).map((kind) => markLabel(wall, kind))).toEqual([
    "2020年",
    "4月",
    "4月24日",
    "09:30",
  ]);
});

test("what is counted up is parted by another sign than the clauses of a sentence", () => {
  expect(enumerated(["窗口", "轮数"])).toBe("窗口、轮数");
  expect(listed(["12/60 轮", false, "还需约 20 秒"])).toBe("12/60 轮，还需约 20 秒");
});

test("the word for bar stands in one line", () => {
  expect(t("{n} bars", { n: 5 })).toBe("5 根 K\u00a0线");
});

test("a name in Chinese stands in its sentence without blanks, and one in Latin letters with them", () => {
  const began = (name: string) => t("Begins with the configuration of {name}", { name });
  expect([began("长跑"), began("long run")]).toEqual(["沿用长跑的配置", "沿用 long run 的配置"]);
  expect(t("{name} {value}", { name: "实际价格", value: "年化 3%" })).toBe("实际价格 年化 3%");
});
