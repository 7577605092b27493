/** The API's sentences in Chinese: how they are recognised, and that none is missing. */
import "reflect-metadata";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, isEnumType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toRecipeField } from "../../../server/graphql/training/recipe-field.type.ts";
import { recipeFields } from "../../../server/recipe/catalogue.ts";
import { trainingPresets } from "../../../server/recipe/presets.ts";
import { runColumns } from "../../../server/recipe/run-columns/run-columns.ts";
import { inWords } from "../../../web/lib/api-words.ts";
import { argumentLabels } from "../../../web/lib/argument-labels.ts";
import { installChinese } from "../../../web/lib/words/catalogue.ts";
import { speak } from "../../../web/lib/words/language.ts";
import { inChinese, type SaidTemplate, said } from "../../../web/lib/words/said.ts";
import { apiSentences } from "../../../web/lib/words/zh/api/index.ts";
import { chineseWords } from "../../../web/lib/words/zh/words.ts";
import { apiMessages } from "../../support/api-messages.ts";

const speakChinese = (sentences: readonly SaidTemplate[] = apiSentences) => {
  installChinese(chineseWords, sentences);
  speak("zh");
};
afterAll(() => {
  installChinese({}, []);
  speak("en");
});

describe("a sentence", () => {
  beforeAll(() => {
    speakChinese([
      ["Learning rate", "学习率"],
      ["{label} of layer {#n}", "第 {n} 层的{label}"],
      ["{label} is {=value}", "{label}为 {value}"],
      ["layers[{#i}]", "第 {i+1} 层"],
      ["{#n} runs", "{n} 个运行"],
      ["{~name} by {~share} ({~p})", "{name}：{share}（{p}）"],
      ["{first} but {second}", "{first}，但{second}"],
      ['the file has no {"column}', "文件没有 {column}"],
      ["{.symbol} ends", "{symbol} 到此为止"],
      ["it is done", "完成了"],
      ["All is well", "一切正常"],
    ]);
  });

  test.each([
    ["is found as it is", "Learning rate", "学习率"],
    ["within another it is found in small letters", "learning rate of layer 2", "第 2 层的学习率"],
    ["has its number counted from 1", "layers[0]", "第 1 层"],
    ["keeps what a person wrote", "Learning rate is All is well", "学习率为 All is well"],
    ["has numbers only where a number is", "12345 runs", "12,345 个运行"],
    ["is none with another word there", "some runs", null],
    ["may end with a full stop", "it is done.", "完成了。"],
    ["may have a stop in what it holds", "Learning rate is 0.5.", "学习率为 0.5。"],
    ["may have others beside it", "All is well. 3 runs.", "一切正常。3 个运行。"],
    ["may have unknown ones beside it", "All is well. Who knows?", "一切正常。Who knows?"],
    ["may stand in lines", "All is well\nit is done", "一切正常\n完成了"],
    ["may be a list", "Learning rate → 3 runs", "学习率 → 3 个运行"],
    ["of which all is known", "Learning rate → whatever", null],
    ["keeps to its brackets", "A by B (C) but D by E (F)", "A：B（C），但 D：E（F）"],
    ["keeps what is quoted", 'the file has no "Learning \\"rate"', '文件没有 "Learning \\"rate"'],
    ["keeps a symbol", "OPEN ends", "OPEN 到此为止"],
    ["has no blank in a symbol", "it all ends", null],
    ["that nobody knows stays", "Who knows?", null],
  ])("%s", (_, english, chinese) => {
    expect(inChinese(english)).toBe(chinese);
    expect(said(english)).toBe(chinese ?? english);
  });

  test("is English on an English page", () => {
    speak("en");
    expect(inChinese("Learning rate")).toBeNull();
    expect(said("Learning rate")).toBe("Learning rate");
    speak("zh");
  });
});

const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{[#=.~"]?(\w+)(?:\+1)?\}/g)].map(([, name]) => name!))].toSorted();

test("no sentence is there twice", () => {
  const all = apiSentences.map(([english]) => english);
  expect(all.filter((english, at) => all.indexOf(english) < at)).toEqual([]);
});
test("no label has two meanings in small letters", () => {
  const meanings = new Map<string, Set<string>>();
  for (const [english, chinese] of apiSentences)
    meanings.set(english.toLowerCase(), (meanings.get(english.toLowerCase()) ?? new Set()).add(chinese));
  // The unit of a number, and the label.
  const others = [...meanings].filter(([english, { size }]) => size > 1 && english !== "epochs");
  expect(others.map(([english]) => english)).toEqual([]);
});
test.each(apiSentences)("“%s” names in Chinese what it holds in English", (english, chinese) => {
  const known = placeholders(english);
  expect(placeholders(chinese).filter((name) => !known.includes(name))).toEqual([]);
});

/** What may be Latin in Chinese: what is quoted, names of things that have no other, symbols, units, dates and times. */
const mayBeLatin =
  /"(?:[^"\\]|\\.)*"|“[^”]*”|https?:\S+|U\+[0-9A-F]+|\b(?:GRU|RSI|MACD|MAE|RMSE|MASE|RMSSE|MAPE|sMAPE|QLIKE|Adam|AdamW|Huber|HAR|EWMA|AR|CSV|JSON|HTML|ZIP|UTF-8|UTC|IANA|ISO|GiB|MiB|MB|kB|K|R|p|d|h|USD|WebGPU|WebAssembly|TensorFlow|lr|ABC|Ticker|Symbol|Name|Keras|NLinear)\b|\d[\d:.TZ-]*|[A-Za-z]+\/[A-Za-z_]+/g;
const latinIn = (chinese: string): string[] => chinese.replace(mayBeLatin, "").match(/[A-Za-z]+/g) ?? [];

test("every constant of the API has a word", () => {
  const schema = buildSchema(
    readFileSync(join(import.meta.dirname, "../../../server/schema.graphql"), "utf8"),
  );
  const constants = Object.values(schema.getTypeMap())
    .filter(isEnumType)
    .filter(({ name }) => !name.startsWith("__"))
    .flatMap((type) => type.getValues().map(({ name }) => `word|${name}`));
  expect([...new Set(constants)].filter((name) => !(name in chineseWords))).toEqual([]);
});

describe("all that the API says is in Chinese:", () => {
  beforeAll(() => speakChinese());

  const fields = recipeFields.map(toRecipeField);
  const isWords = (text: string | null): text is string => text !== null;
  test.each([
    [
      "labels, explanations, units and choices of hyperparameters",
      fields
        .flatMap((field) => [field, ...field.parts])
        .flatMap(({ label, help, unit, omitted, choiceLabels }) => [
          label,
          help,
          unit,
          omitted,
          ...choiceLabels,
        ])
        .filter(isWords),
    ],
    [
      "presets",
      trainingPresets.flatMap(({ title, description, expectation }) => [title, description, expectation]),
    ],
    [
      "columns of runs",
      runColumns
        .flatMap(({ label, help, unit, choices }) => [
          label,
          help,
          unit === "%" ? null : unit,
          ...(choices ?? []).map((choice) => choice.label),
        ])
        .filter(isWords),
    ],
  ])("%s", (_, texts) => {
    const missing = texts.filter((text) => inChinese(text) === null || latinIn(inChinese(text)!).length > 0);
    expect([...new Set(missing)]).toEqual([]);
  });

  test("labels of arguments", () => {
    expect(Object.values(argumentLabels()).filter((label) => latinIn(label).length > 0)).toEqual([]);
  });

  test.each([
    [
      "Beats the last value by 15 % (p 0.001) and HAR by 6 % (p 0.002).",
      "比最新值好 15 %（p 0.001），比 HAR 好 6 %（p 0.002）。",
    ],
    [
      "Beats the last value by 15 % (p below 0.0001) but ties with HAR with leverage (+0.4 %, p 0.35).",
      "比最新值好 15 %（p 小于 0.0001），但与含杠杆效应的 HAR 打平（+0.4 %，p 0.35）。",
    ],
    ["Worse than the last price by less than 0.01 % (p 0.023).", "比最新价差不到 0.01 %（p 0.023）。"],
    ["Ties with the last price (-0.9 %, p 0.65).", "与最新价打平（−0.9 %，p 0.65）。"],
    ["Cannot be tested against the last price (+0.9 %).", "无法与最新价做检验（+0.9 %）。"],
    [
      "Ties with the last value (0 %, p 0.65) and with AR (+1 %, p 0.5).",
      "与最新值（0 %，p 0.65）和 AR（+1 %，p 0.5）都打平。",
    ],
    [
      "Stopped early after epoch 22 of 60: the validation loss has not improved for 10 epochs. The scores are those of epoch 12, the best one.",
      "第 22 轮（共 60 轮）后提前停止：验证损失已 10 轮没有改善。得分取自最佳的第 12 轮。",
    ],
    ["Training on NATIVE (Intel(R) Xeon(R) CPU).", "用原生引擎（Intel(R) Xeon(R) CPU）训练。"],
    [
      "WEBGPU could not be used (Dawn found no GPU: install the card's Vulkan driver and check that it is seen (vulkaninfo --summary)): NATIVE (x64) trains it instead.",
      "WebGPU 无法使用（Dawn 没有找到 GPU：请安装显卡的 Vulkan 驱动，并确认能识别到（vulkaninfo --summary）），改由原生引擎（x64）训练。",
    ],
    [
      "The series no longer allows this configuration: testBars must be 0 or at least 5 (horizon 5), got 2.",
      "该序列已不适用这份配置：测试段 K 线必须为 0，或至少 5（预测步数 5），实际为 2。",
    ],
    [
      "An input of the test changed when bars after 2020-01-02 did. A history of 82 bars gives other inputs than the whole one.",
      "2020年1月2日之后的 K 线一改动，测试段的某个输入也随之改变。只用 82 根 K 线的历史，得到的输入与用全部历史不同。",
    ],
    [
      "Half of its epochs are through, and the best validation loss is still 3.2 times the naive forecast's.",
      "轮数已过半，最佳验证损失仍是朴素预测的 3.2 倍。",
    ],
    [
      'filter.expression, character 5: expected a value of lr, got "x"',
      '第 5 个字符：这里应为 lr 的值，实际为 "x"',
    ],
    [
      'filter.expression, character 11: expected a day that the calendar has, such as 2026-11-27 for created, got "2026-11-31"',
      '第 11 个字符：这里应为日历上有的日期，例如 2026-11-27（created），实际为 "2026-11-31"',
    ],
    [
      "engine must be one that a worker can run (AUTO, NATIVE, WASM), got WEBGPU, which is not available: No worker is running that could say: start one.",
      "引擎必须是工作进程能用的（自动、原生、WebAssembly），实际为 WebGPU，它不可用：没有工作进程可以回答：请启动一个。",
    ],
    [
      "The scaler of the test changed when bars after 2019-06-18 did. A prediction of the test changed when bars after 2019-09-12 did.",
      "2019年6月18日之后的 K 线一改动，测试段的缩放参数也随之改变。2019年9月12日之后的 K 线一改动，测试段的某个预测也随之改变。",
    ],
    ["AMD EPYC, AVX-512, 2 threads", "AMD EPYC，AVX-512，2 个线程"],
    [
      "Training on WASM (AMD EPYC, WASM SIMD, 1 thread).",
      "用 WebAssembly 引擎（AMD EPYC，WASM SIMD，1 个线程）训练。",
    ],
    ["They are trained on different series.", "它们训练所用的序列不同。"],
    ["learning rate 0.001, loss HUBER", "学习率 0.001、损失：Huber 损失"],
    ["80 (dropout 0.2) → 100", "80（随机失活 0.2） → 100"],
    ["Log return, RSI 14", "对数收益率、RSI 14"],
    ["SPX close, AAPL volume", "SPX 收盘价、AAPL 成交量"],
    [
      "New York Stock Exchange (XNYS), known until 2027-12-31; after that every weekday, holidays included",
      "纽约证券交易所（XNYS），日历截至 2027年12月31日；此后为每个工作日，含节假日",
    ],
    ["every Monday, Friday, as the series has it, holidays included", "每周一、周五，与序列一致，含节假日"],
  ])("%s", (english, chinese) => {
    expect(said(english).replaceAll("\u00a0", " ")).toBe(chinese);
  });

  test("every real message of an import and of a new run", async () => {
    const messages = await apiMessages();
    expect(messages.length).toBeGreaterThan(120);
    const wrong = messages
      .map((message) => ({ message, chinese: inWords(message) }))
      .filter(({ message, chinese }) => inChinese(message) === null || latinIn(chinese).length > 0);
    expect(wrong).toEqual([]);
  }, 60_000);
});
