/**
 * `npm run honesty [-- --seeds 5 --heavy-seeds 2]`: trains every preset on the S&P sample's three test spans and on SH600519
 * where its file lies beside the project, sets each beside every other forecaster, and writes docs/HONESTY.md, whatever it
 * says. Takes about half an hour on two cores: the presets of two large layers are nearly all of it, hence their fewer seeds.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readCsvBars } from "../dist/server/csv/read-bars.js";
import { NativeEngine } from "../dist/server/engine/native/native-engine.js";
import { compareForecasters, pointScores } from "../dist/server/forecasting/forecaster-scores.js";
import { train } from "../dist/server/forecasting/train.js";
import { parseTrainingConfig } from "../dist/server/recipe/parse-request.js";
import { trainingPresets } from "../dist/server/recipe/presets.js";
import { seriesFacts } from "../dist/server/recipe/series-facts.js";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "5" },
    "heavy-seeds": { type: "string", default: "2" },
    threads: { type: "string", default: String(availableParallelism()) },
  },
});
const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const testBars = 300;
const engine = new NativeEngine({ threads: Number(values.threads) });
const startedAt = Date.now();

const series = [
  {
    name: "S&P 500",
    file: path("prisma/sample-data/sp500-2000.csv"),
    timezone: "America/New_York",
    spans: ["2019-02-08", "2008-06-02", "2013-06-03"],
  },
  {
    name: "SH600519 (Kweichow Moutai)",
    file: path("../shared/data/SH600519.csv"),
    timezone: "Asia/Shanghai",
    spans: [null],
  },
];

async function spanOf(name, bars, timezone, from) {
  const count = bars.time.length;
  const first = from === null ? count - testBars : bars.time.findIndex((at) => at >= Date.parse(from));
  const cut = { testBars, skipLastBars: count - first - testBars };
  const days = [first, first + testBars - 1].map((bar) =>
    new Date(bars.time[bar]).toISOString().slice(0, 10),
  );
  const results = [];
  for (const preset of trainingPresets.filter((one) => seedsOf(one) > 0))
    results.push(await resultOf(preset, cut, bars, timezone));
  const prices = results.filter(({ target }) => target !== "LOG_VARIANCE");
  const volatilities = results.filter(({ target }) => target === "LOG_VARIANCE");
  return [
    `## ${name}, test ${days[0]} to ${days[1]}`,
    `### The next price\n\n${tableOf(prices, false)}`,
    `### The next bar's volatility\n\n${tableOf(volatilities, true)}`,
  ].join("\n\n");
}

async function resultOf(preset, cut, bars, timezone) {
  const seeds = seedsOf(preset);
  const runs = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const request = { ...preset.request, ...cut, seed };
    const { config } = parseTrainingConfig(request, seriesFacts(bars));
    for await (const report of train(engine, config, bars, { timezone }))
      if (report.kind === "result") runs.push({ report, config });
    const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
    console.log(`${minutes} min: ${preset.title}, seed ${seed}: ${runs.at(-1)?.report.judgement.verdict}`);
  }
  return { preset, target: runs[0].config.target, runs };
}

const seedsOf = ({ request }) =>
  Number((request.layers ?? []).length === 0 ? values["heavy-seeds"] : values.seeds);

/** Baselines are the same whatever the seed: the first run's stand for all. */
function tableOf(results, isVolatility) {
  const [base] = results;
  const rows = [];
  for (const row of testRows(base.runs[0].report))
    if (row.forecaster !== "GRU")
      rows.push({ name: baselineName(row), skill: row.skill, text: signed(row.skill), ...shown(row) });
  for (const { preset, runs } of results) {
    const all = runs.map(({ report }) => testRows(report).find(({ forecaster }) => forecaster === "GRU"));
    const skills = all.map(({ skill }) => skill);
    const together = ensembleOf(runs, isVolatility);
    rows.push({
      name: `**${preset.title}**, ${runs.length} ${runs.length === 1 ? "seed" : "seeds"}`,
      skill: mean(skills),
      text: `${signed(mean(skills))} ± ${percent(deviation(skills))}`,
      ...shown({
        qlike: mean(all.map(({ qlike }) => qlike)),
        r2: mean(all.map(({ r2 }) => r2)),
        ...direction(all),
      }),
      together: signed(together.skill),
      p: together.p.map(pValue).join(" / "),
      coverage: mean(runs.map(({ report }) => coverageOf(report)?.covered ?? Number.NaN)),
      worst: Math.min(...runs.map(({ report }) => coverageOf(report)?.worstBlock ?? Number.NaN)),
      leak: runs.every(({ report }) => report.judgement.leakTest.passed) ? "passed" : "**leaks**",
    });
  }
  rows.sort((a, b) => b.skill - a.skill);
  const measures = isVolatility ? ["QLIKE", "R2 of the log"] : ["direction", "R2"];
  const against = isVolatility ? "last value / HAR / HAR with leverage" : "last price / best baseline";
  return [
    `| forecaster | skill | mean of all seeds | p against ${against} | ${measures.join(" | ")} | 95 % held | worst 50 | leak test |`,
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) =>
      [
        "",
        row.name,
        row.text,
        row.together ?? "",
        row.p ?? "",
        isVolatility ? row.qlike : row.direction,
        row.r2,
        Number.isFinite(row.coverage) ? percent(row.coverage) : "",
        Number.isFinite(row.worst) ? percent(row.worst) : "",
        row.leak ?? "",
        "",
      ]
        .join(" | ")
        .trim(),
    ),
  ].join("\n");
}

const testRows = ({ judgement }) =>
  judgement.forecasters.filter(({ split, step }) => split === "TEST" && step === null);
const coverageOf = ({ judgement }) =>
  judgement.coverage.find(({ split, step, level }) => split === "TEST" && step === 1 && level === 0.95);
const direction = (rows) => ({
  directionalAccuracy: mean(rows.map(({ directionalAccuracy }) => directionalAccuracy)),
  shareOfUps: rows[0].shareOfUps,
});
const shown = ({ qlike, r2, directionalAccuracy, shareOfUps }) => ({
  qlike: qlike == null ? "" : qlike.toFixed(3),
  r2: r2 == null ? "" : r2.toFixed(3),
  direction:
    directionalAccuracy == null ? "" : `${percent(directionalAccuracy)} of ${percent(shareOfUps)} ups`,
});

/** The mean of all seeds' forecasts, and its Diebold-Mariano p values. */
function ensembleOf(runs, isVolatility) {
  const tests = runs.map(({ report }) =>
    report.predictions.find(({ split, step }) => split === "TEST" && step === 1),
  );
  const predicted = tests[0].actual.map((_, at) => mean(tests.map((test) => test.predicted[at])));
  const together = { ...tests[0], predicted };
  const kind = isVolatility ? { kind: "LOG_VARIANCE", residualVariance: 0 } : { kind: "PRICE" };
  const { skill } = pointScores([together], { absolute: 1, squared: 1 }, kind);
  const last = { ...tests[0], predicted: tests[0].naive };
  const others = tests[0].others.map((other) => ({
    ...other,
    step: { ...tests[0], predicted: other.predicted },
  }));
  const rivals = isVolatility
    ? ["HAR", "HAR_LEVERAGE"].map((name) => bestOf(others.filter(({ forecaster }) => forecaster === name)))
    : [bestOf(others)];
  const p = [last, ...rivals.map(({ step }) => step)].map(
    (other) => compareForecasters([together], [other], 1)?.pValue ?? Number.NaN,
  );
  return { skill, p };
}
const bestOf = (others) =>
  others.map((one) => ({ one, mae: maeOf(one.step) })).sort((a, b) => a.mae - b.mae)[0].one;
const maeOf = ({ actual, predicted }) => mean(actual.map((real, at) => Math.abs(real - predicted[at])));

const names = {
  LAST_VALUE: "last value",
  DRIFT: "drift",
  MEAN: "mean of the last 5",
  SEASONAL: "same weekday before",
  AR: "AR(5)",
  EWMA: "EWMA (0.94)",
  HAR: "HAR (1, 5, 22)",
  HAR_LEVERAGE: "HAR with leverage",
};
const baselineName = ({ forecaster, name }) => names[forecaster] + (name ? `, refitted on the ${name}` : "");

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const deviation = (numbers) =>
  numbers.length < 2
    ? 0
    : Math.sqrt(numbers.reduce((sum, one) => sum + (one - mean(numbers)) ** 2, 0) / (numbers.length - 1));
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const signed = (share) => `${share >= 0 ? "+" : ""}${(100 * share).toFixed(1)} %`;
const pValue = (p) => (Number.isNaN(p) ? "none" : p < 0.001 ? "< 0.001" : p.toFixed(3));

function head() {
  return `# What our forecasts are worth

Made by \`npm run honesty\` on ${new Date().toISOString().slice(0, 10)} (${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.version}), in one go and whatever it said:
every preset of Gatecast beside every other forecaster, on the last bars that nobody trained on. Nothing was tuned on these tests
by this script; the presets themselves were chosen by people who had seen the first span (docs/decisions/0016).

**Skill** is 1 - the mean absolute error / that of the last value: above 0 is better than saying that nothing changes. A preset's
skill is the mean over its seeds and their standard deviation; beside it stands the skill of the mean of their forecasts, and
Diebold and Mariano's two-sided p value of that mean against the last value and against the best other forecasters: below 0.05 the
difference is hardly luck. Better or worse is what the skills say. Of prices, direction is beside the share of bars that rose: who
always says "up" has that. **95 % held** is the share of real values within the 95 % interval, with the worst block of 50 bars.

In short: prices are hardly predictable, volatility is, and a refitted HAR with leverage is as good at it as our network.`;
}

const parts = [];
for (const { name, file, timezone, spans } of series) {
  if (!existsSync(file)) {
    parts.push(`## ${name}\n\nIts file was not there when this was made.`);
    continue;
  }
  const { bars } = await readCsvBars(readFileSync(file, "utf8"), { timezone });
  for (const from of spans) parts.push(await spanOf(name, bars, timezone, from));
}
await engine.dispose();
writeFileSync(path("docs/HONESTY.md"), `${head()}\n\n${parts.join("\n\n")}\n`);
