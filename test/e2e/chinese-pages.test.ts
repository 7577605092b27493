/** Every page in Chinese, with what opens on it: nothing is left in English but names. */
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { chineseReader, eventually, type LivePage, openPage } from "./support/browser.ts";
import { type Dashboard, dashboardFixture, endFirstStart, noChromium } from "./support/dashboard.ts";
import { leftInEnglish } from "./support/left-in-english.ts";
import { shareCsv } from "./support/share.ts";

let chinese: LivePage;
const ids = { share: "", index: "", quick: "", horizon: "", leaky: "", volatility: "", cancelled: "" };
const others = { running: "", queued: "", seeds: "", folds: "", sweep: "" };
const dashboard = dashboardFixture(givenAllKindsOfRuns);

interface Node {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly experiment: { readonly id: string; readonly name: string } | null;
}
interface Everything {
  readonly runs: { readonly edges: readonly { readonly node: Node }[] };
  readonly allPriceSeries: {
    readonly edges: readonly { readonly node: Record<"id" | "symbol" | "name", string> }[];
  };
  readonly workers: readonly { readonly host: string }[];
}
async function everything({ product }: Pick<Dashboard, "product">) {
  const told = await product.query<Everything>(`{
    runs(first: 50) { edges { node { id name status experiment { id name } } } }
    allPriceSeries(first: 10) { edges { node { id symbol name } } }
    workers { host }
  }`);
  const nodes = <Of>(list: { readonly edges: readonly { readonly node: Of }[] }) =>
    list.edges.map(({ node }) => node);
  return {
    runs: nodes(told.runs),
    series: nodes(told.allPriceSeries),
    hosts: told.workers.map(({ host }) => host),
  };
}
const namesOf = ({ runs, series, hosts }: Awaited<ReturnType<typeof everything>>): string[] =>
  [
    ...runs.flatMap(({ name, experiment }) => [name, experiment?.name]),
    ...series.flatMap(({ symbol, name }) => [symbol, name]),
    ...hosts,
  ].filter((name): name is string => !!name);

async function givenAllKindsOfRuns(it: Dashboard): Promise<void> {
  const { browser, product } = it;
  await endFirstStart(product);
  const { importPriceSeries } = await product.query<{ importPriceSeries: { priceSeries: { id: string } } }>(
    "mutation ($input: ImportPriceSeriesInput!) { importPriceSeries(input: $input) { priceSeries { id } } }",
    { input: { symbol: "600519", timezone: "Asia/Shanghai", currency: "CNY", csv: shareCsv(600) } },
  );
  ids.share = importPriceSeries.priceSeries.id;
  ids.index = (await everything(it)).series.find(({ symbol }) => symbol === "SPX")!.id;
  const run = async (name: string, input: object) => {
    const { startTraining } = await product.query<{ startTraining: { run: { id: string } } }>(
      "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
      { input: { priceSeriesId: ids.share, name, testBars: 80, ...input } },
    );
    return startTraining.run.id;
  };
  const experiment = async (input: object) => {
    const training = { priceSeriesId: ids.share, preset: "quick", epochs: 2, testBars: 80 };
    const { startExperiment } = await product.query<{ startExperiment: { experiment: { id: string } } }>(
      "mutation ($input: StartExperimentInput!) { startExperiment(input: $input) { experiment { id } } }",
      { input: { training, ...input } },
    );
    return startExperiment.experiment.id;
  };
  ids.quick = await run("快速", { preset: "quick", epochs: 4 });
  ids.horizon = await run("五步", {
    ...{ preset: "quick", epochs: 3, horizon: 5, indicators: [{ kind: "RSI", period: 14 }] },
    otherSeries: [{ priceSeriesId: ids.index, field: "CLOSE" }],
    ...{ skipLastBars: 10, skipFirstBars: 20 },
  });
  ids.leaky = await run("泄漏", { preset: "original", epochs: 2 });
  ids.volatility = await run("波动", { preset: "volatility", epochs: 3, priceSeriesId: ids.index });
  others.seeds = await experiment({ plan: "SEEDS", seeds: 2 });
  others.folds = await experiment({ plan: "WALK_FORWARD", folds: 2 });
  others.sweep = await experiment({
    plan: "SWEEP",
    sweep: [
      { field: "learningRate", values: ["0.001", "0.01"] },
      { field: "loss", values: ['"MSE"', '"HUBER"'] },
    ],
  });
  await vi.waitUntil(
    async () => (await everything(it)).runs.every(({ status }) => !/QUEUED|RUNNING/.test(status)),
    { timeout: 150_000, interval: 500 },
  );
  ids.cancelled = (await everything(it)).runs.find(({ status }) => status === "CANCELLED")!.id;
  await product.query("mutation ($id: ID!) { pinBaseline(runId: $id) { run { id } } }", { id: ids.quick });
  await product.query(
    "mutation ($ids: [ID!]!, $input: UpdateRunsInput!) { updateRuns(ids: $ids, input: $input) { runs { id } } }",
    { ids: [ids.horizon], input: { addTags: ["论文"], note: "一行备注" } },
  );
  const long = { preset: "standard", epochs: 10_000, priceSeriesId: ids.index };
  others.running = await run("长跑", long);
  others.queued = await run("排队", long);
  chinese = await openPage(browser, product.url, chineseReader);
}

const button = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const file = (name: string, text: string) => (page: Page) =>
  page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const inTurn =
  (...steps: readonly ((page: Page) => Promise<unknown>)[]) =>
  async (page: Page) => {
    for (const step of steps) await step(page);
  };
const report = (page: Page) => page.getByTestId("import-report").waitFor();

interface Place {
  readonly what: string;
  /** Of what it is about, in Chinese. */
  readonly shows: RegExp;
  readonly path: () => string;
  readonly open?: (page: Page) => Promise<unknown>;
  /** What a file has. */
  readonly names?: readonly string[];
}
const places: readonly Place[] = [
  { what: "now", shows: /当前最佳/, path: () => "/" },
  { what: "now, on a wall", shows: /当前最佳/, path: () => "/?wall=1" },
  { what: "how a run is stopped", shows: /停止，并对最佳一轮评分/, path: () => "/", open: button(/^停止 /) },
  {
    what: "the palette",
    shows: /对比运行/,
    path: () => "/",
    open: inTurn(button("查找或操作"), (page) => page.getByRole("option").first().waitFor()),
  },
  {
    what: "the keys",
    shows: /在本页搜索/,
    path: () => "/",
    open: inTurn(
      (page) => page.keyboard.press("?"),
      (page) => page.getByRole("dialog").waitFor(),
    ),
  },
  {
    what: "the bell",
    shows: /离开页面时通知我|浏览器不允许|打开页面以来没有新消息/,
    path: () => "/",
    open: button(/^消息/),
  },
  { what: "preferences", shows: /涨跌颜色/, path: () => "/", open: button("偏好设置") },
  { what: "runs", shows: /已取消/, path: () => "/runs" },
  { what: "runs by experiment", shows: /此实验的 2 个运行/, path: () => "/runs?group=true" },
  { what: "columns", shows: /测试段结果/, path: () => "/runs", open: button("列") },
  { what: "views", shows: /视图就是给表格/, path: () => "/runs", open: button("视图") },
  {
    what: "chosen runs",
    shows: /已选 2 个运行/,
    path: () => "/runs",
    open: inTurn(
      (page) => page.getByRole("checkbox", { name: "选择快速" }).check(),
      (page) => page.getByRole("checkbox", { name: "选择五步" }).check(),
      button("标签"),
    ),
  },
  {
    what: "a filter that is wrong",
    shows: /这里应为/,
    path: () => `/runs?where=${encodeURIComponent("skill > x")}`,
    // As it was typed.
    names: ["skill"],
  },
  {
    what: "a filter that is typed",
    shows: /开始时间/,
    path: () => "/runs",
    open: (page) => page.getByLabel("用表达式筛选运行").pressSequentially("s"),
  },
  {
    what: "no run that fits",
    shows: /没有符合的运行/,
    path: () => `/runs?where=${encodeURIComponent("name = nobody")}`,
  },
  { what: "a run", shows: /本网络更优/, path: () => `/runs/${ids.quick}` },
  {
    what: "a run of several steps",
    shows: /RSI 14/,
    path: () => `/runs/${ids.horizon}`,
  },
  { what: "a run that leaks", shows: /用到了未来的信息/, path: () => `/runs/${ids.leaky}` },
  { what: "a run of volatility", shows: /年化/, path: () => `/runs/${ids.volatility}` },
  { what: "a cancelled run", shows: /已停止，未评分|没有可评判的结果/, path: () => `/runs/${ids.cancelled}` },
  { what: "a run that trains", shows: /每秒窗口数|等待工作进程/, path: () => `/runs/${others.running}` },
  { what: "a run that waits", shows: /等待工作进程/, path: () => `/runs/${others.queued}` },
  {
    what: "the question before a run is discarded",
    shows: /停止并放弃这个运行？/,
    path: () => `/runs/${others.running}`,
    open: inTurn(button("停止"), button(/^停止并放弃/), (page) => page.getByRole("dialog").waitFor()),
  },
  {
    what: "name, tags and note",
    shows: /用逗号分隔/,
    path: () => `/runs/${ids.horizon}`,
    open: inTurn(button("编辑"), button("名称、标签和备注…")),
  },
  {
    what: "the question before a run is deleted",
    shows: /删除这个运行？/,
    path: () => `/runs/${ids.quick}`,
    open: button("删除运行"),
  },
  { what: "seeds", shows: /单个网络平均/, path: () => `/experiments/${others.seeds}` },
  { what: "a walk forward", shows: /各折之间/, path: () => `/experiments/${others.folds}` },
  { what: "a sweep", shows: /个变体中最好的是/, path: () => `/experiments/${others.sweep}` },
  { what: "a comparison", shows: /仅显示不同之处/, path: () => `/compare?runs=${ids.quick},${ids.horizon}` },
  {
    what: "a comparison of what cannot be compared",
    shows: /训练所用的序列不同/,
    path: () => `/compare?runs=${ids.quick},${ids.volatility},${ids.leaky},nobody`,
  },
  { what: "an empty comparison", shows: /对比哪些运行？/, path: () => "/compare" },
  { what: "all series", shows: /支持 Yahoo/, path: () => "/series" },
  { what: "no series that fits", shows: /没有匹配的序列/, path: () => "/series?search=nobody" },
  {
    what: "an import that changes bars",
    shows: /根已入库的 K 线将被修改/,
    path: () => "/series",
    open: inTurn(file("600519.csv", shareCsv(610).replace(/^(2018-02-0.*),\d+$/gm, "$1,7")), report),
  },
  {
    what: "an import with bad rows and columns that are not known",
    shows: /行未导入/,
    path: () => "/series",
    open: inTurn(
      file(
        "600000.csv",
        "说明\n日期,开盘,最高,最低,收盘,成交额\n2020-01-02,1,2,1,2,9\n2020-01-03,1,2,1,x,9\n2020-01-06,1,1,2,1,9\n2020-01-07,3,4,3,4,9\n",
      ),
      report,
    ),
  },
  {
    what: "an import that asks",
    shows: /以日还是月开头/,
    path: () => "/series",
    names: ["Date", "Open", "High", "Low", "Close"],
    open: file("000001.csv", "Date,Open,High,Low,Close\n03/02/2020,1,2,1,2\n04/02/2020,1,2,1,2\n"),
  },
  {
    what: "a file that holds no prices",
    shows: /电子表格工作簿/,
    path: () => "/series",
    open: file("图.csv", "PK\u0003\u0004xl/workbook"),
  },
  { what: "a series", shows: /缺口与跳变/, path: () => `/series/${ids.share}` },
  {
    what: "another name for a series",
    shows: /重命名序列/,
    path: () => `/series/${ids.share}`,
    open: button("重命名"),
  },
  {
    what: "the question before a series is deleted",
    shows: /删除此序列及其运行？/,
    path: () => `/series/${ids.share}`,
    open: inTurn(
      button("删除序列"),
      (page) => page.getByRole("dialog").getByRole("button", { name: "删除序列" }).click(),
      (page) => page.getByRole("button", { name: "删除序列及其运行" }).waitFor(),
    ),
  },
  { what: "a new run", shows: /与“稳健”相同|与“[^”]+”相同/, path: () => `/runs/new?series=${ids.share}` },
  {
    what: "a new run that is wrong",
    shows: /允许范围：1 至 10,000/,
    path: () => `/runs/new?series=${ids.share}`,
    open: inTurn(
      (page) => page.getByLabel("轮数", { exact: true }).fill("0"),
      (page) => page.getByLabel("学习率", { exact: true }).fill("1e-3, 3e-4"),
      (page) => page.getByLabel("窗口", { exact: true }).fill("400"),
    ),
  },
  { what: "the system", shows: /与 float64 参考结果一致/, path: () => "/system" },
  { what: "no such page", shows: /页面不存在/, path: () => "/nowhere" },
  { what: "no such run", shows: /运行不存在/, path: () => "/runs/nobody" },
  { what: "no such series", shows: /序列不存在/, path: () => "/series/nobody" },
  { what: "no such experiment", shows: /实验不存在/, path: () => "/experiments/nobody" },
];

/** Until nothing is loading any more, and what waits until it comes near has come; what is folded away is unfolded. */
async function settle(page: Page): Promise<void> {
  const isStill = () => eventually(() => page.getByText(/^正在(加载|检查|比较|查看)/).count()).toBe(0);
  await isStill();
  // As text: the tests are compiled without the browser's types.
  await page.evaluate(`(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 500) {
      scrollTo(0, y);
      await new Promise((done) => setTimeout(done, 60));
    }
    for (const details of document.querySelectorAll("main details")) details.open = true;
  })()`);
  await isStill();
  await page.waitForTimeout(300);
}

describe.skipIf(noChromium).sequential("in Chinese nothing is left in English:", () => {
  let names: readonly string[];
  beforeAll(async () => {
    names = namesOf(await everything(dashboard));
  });

  test.each(places)("$what", async ({ path, shows, open, names: further = [] }) => {
    const { page } = chinese;
    await page.goto(path());
    await page.locator("main").waitFor();
    await settle(page);
    if (open) {
      await open(page);
      await page.waitForTimeout(500);
    }
    await eventually(async () => (await page.locator("body").innerText()).replaceAll("\u00a0", " ")).toMatch(
      shows,
    );
    expect(await leftInEnglish(page, [...names, ...further])).toEqual([]);
  });
});
