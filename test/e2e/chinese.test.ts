/** The dashboard in Chinese: as the browser asks, by choice, and all the way of a person. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chineseReader, eventually, type LivePage, openPage } from "./support/browser.ts";
import { dashboardFixture, endFirstStart, noChromium } from "./support/dashboard.ts";
import { shareCsv } from "./support/share.ts";

let chinese: LivePage;
const dashboard = dashboardFixture(async ({ browser, product }) => {
  await endFirstStart(product);
  chinese = await openPage(browser, product.url, chineseReader);
});

const startOf = async (page: Page) => {
  await page.getByRole("button", { name: "开始 1 个运行" }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
};
const languageOf = (page: Page) => page.locator("html").getAttribute("lang");

describe.skipIf(noChromium).sequential("the dashboard in Chinese", () => {
  test("is what a browser that prefers Chinese gets, from the first byte", async () => {
    const { page, failures } = chinese;
    const answer = await page.goto("/");
    const written = (await answer?.text()) ?? "";
    expect(written).toContain('lang="zh-Hans-CN"');
    expect(written).toContain("新建运行");
    await page.getByRole("heading", { level: 1, name: "动态" }).waitFor();
    expect(await page.title()).toBe("动态 · Gatecast");
    // What the server wrote and what the browser makes of it would differ in an error of React's.
    await page.getByRole("link", { name: "新建运行" }).waitFor();
    expect(failures).toEqual([]);
  });

  test("can be chosen in an English browser, stays chosen, and can be left again", async () => {
    const { page } = dashboard.live;
    await page.goto("/");
    await page.getByRole("heading", { level: 1, name: "Now" }).waitFor();
    expect(await languageOf(page)).toBe("en");
    await page.getByRole("button", { name: "Preferences" }).click();
    await page.getByRole("radio", { name: "简体中文" }).click();
    await page.getByRole("heading", { level: 1, name: "动态" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "动态" }).waitFor();
    await page.goto("/system");
    await page.getByRole("heading", { level: 1, name: "系统" }).waitFor();
    expect(await languageOf(page)).toBe("zh-Hans-CN");

    await page.getByRole("button", { name: "偏好设置" }).click();
    await page.getByRole("radio", { name: "English" }).click();
    await page.getByRole("heading", { level: 1, name: "System" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "System" }).waitFor();
  });

  test("imports the file of a Chinese program, whose columns, days and amounts it names", async () => {
    const { page } = chinese;
    await page.goto("/series");
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "600519.csv", mimeType: "text/csv", buffer: Buffer.from(shareCsv(420)) });
    await page.getByText("新建序列 600519。").waitFor();
    expect(await page.getByTestId("column-readings").innerText()).toMatch(/成交量\s+成交量/);
    await page.getByRole("button", { name: "导入 420 行" }).click();
    await page.getByText("已存为 600519。").waitFor();
    await page.getByRole("link", { name: "打开序列" }).click();
    await page.locator("[data-testid=price-plot][data-drawn=true]").waitFor();
    const legend = () => page.getByTestId("price-chart").innerText();
    await eventually(legend).toMatch(/20(18|19|20)年\d{1,2}月\d{1,2}日\s+开盘价/);
    expect(await legend()).toMatch(/成交量\s*2\.\d+万/);
  });

  test("trains from the form, is watched to the end, gives its verdict, and two runs are compared", async () => {
    const { page } = chinese;
    await page.getByRole("link", { name: "用它训练" }).click();
    await page.getByRole("radio", { name: "快速一览" }).check();
    expect(await page.getByLabel("价格序列").locator("option:checked").innerText()).toBe("600519");
    await page.getByLabel("测试段 K 线").fill("80");
    await page.getByLabel("轮数", { exact: true }).fill("0");
    await page.getByText("允许范围：1 至 10,000，现为 0").waitFor();
    await page.getByLabel("轮数", { exact: true }).fill("4");
    await page.getByLabel("运行名称").fill("茅台一");
    await startOf(page);
    await page.locator("h1 ~ * [data-status=SUCCEEDED]").waitFor();
    expect(await page.title()).toMatch(/^✓ 茅台一/);
    await eventually(() => page.getByTestId("verdict").innerText()).toMatch(/最新价.*（.*p [\d.]+.*）/);

    await page.getByRole("link", { name: "修改后重新运行" }).click();
    await page.getByText("沿用茅台一的配置").waitFor();
    await page.getByLabel("学习率", { exact: true }).fill("0.01");
    await page.getByLabel("运行名称").fill("茅台二");
    await startOf(page);
    await page.locator("h1 ~ * [data-status=SUCCEEDED]").waitFor();

    await page.goto("/runs");
    for (const name of ["茅台一", "茅台二"])
      await page.getByRole("checkbox", { name: `选择${name}` }).check();
    await page.getByRole("link", { name: "对比", exact: true }).click();
    await eventually(() => page.locator("[data-compared]").count()).toBe(2);
    await page.getByText("仅显示不同之处").waitFor();
    await page.getByRole("row", { name: /^学习率/ }).waitFor();
    await page.getByTestId("best-of-runs").waitFor();
  });

  test("has thrown no error on the way", () => {
    const unexpected = (failure: string) => !failure.includes("status of 400");
    expect([...chinese.failures, ...dashboard.live.failures].filter(unexpected)).toEqual([]);
  });
});
