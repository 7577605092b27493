/** A series' page as people use it: the chart by wheel, drag, keys and finger, the way back, another name, what was found. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { eventually } from "./support/browser.ts";
import { dashboardFixture, noChromium } from "./support/dashboard.ts";

const dashboard = dashboardFixture(async () => {
  shanghai = await importCsv("CN5", intradayCsv(), "Asia/Shanghai");
});
let shanghai: string;

/** Two weeks of five-minute bars of a Chinese share, as its exchange's clock shows them. */
function intradayCsv(): string {
  const rows = ["time,open,high,low,close,volume"];
  for (let day = 5; day <= 16; day++) {
    if (day === 10 || day === 11) continue;
    for (let bar = 0; bar < 48; bar++) {
      const minutes = (bar < 24 ? 9 * 60 + 35 : 13 * 60 + 5 - 24 * 5) + bar * 5;
      const clock = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
      const close = 10 + Math.sin((day * 48 + bar) / 30);
      const [open, high, low] = [close - 0.02, close + 0.05, close - 0.05].map((price) => price.toFixed(3));
      rows.push(
        `2026-01-${String(day).padStart(2, "0")} ${clock},${open},${high},${low},${close.toFixed(3)},900`,
      );
    }
  }
  return rows.join("\n");
}

async function importCsv(symbol: string, csv: string, timezone: string): Promise<string> {
  const { importPriceSeries } = await dashboard.product.query<{
    importPriceSeries: { priceSeries: { id: string } };
  }>(
    "mutation ($input: ImportPriceSeriesInput!) { importPriceSeries(input: $input) { priceSeries { id } } }",
    { input: { symbol, csv, timezone } },
  );
  return importPriceSeries.priceSeries.id;
}

const plotOf = (page: Page) => page.getByTestId("price-plot");
const viewOf = async (page: Page) => ({
  from: Date.parse((await plotOf(page).getAttribute("data-from")) ?? ""),
  to: Date.parse((await plotOf(page).getAttribute("data-to")) ?? ""),
});
const lengthOf = async (page: Page) => {
  const { from, to } = await viewOf(page);
  return to - from;
};
async function open(
  page: Page,
  id: string,
): Promise<{ x: number; y: number; width: number; height: number }> {
  await page.goto(`/series/${id}`);
  await page.locator("[data-testid=price-plot][data-drawn=true]").waitFor();
  return (await page.getByRole("application").boundingBox())!;
}
/** A look counts as a step once it has come to rest. */
const comeToRest = (page: Page) => page.waitForTimeout(700);

describe.skipIf(noChromium).sequential("a series' page", () => {
  test("the wheel looks closer around the pointer, dragging moves along, and each step has a way back", async () => {
    const { page } = dashboard.live;
    const box = await open(page, shanghai);
    const whole = await viewOf(page);
    await page.mouse.move(box.x + 300, box.y + 100);
    for (let turn = 0; turn < 5; turn++) await page.mouse.wheel(0, -200);
    await eventually(() => lengthOf(page)).toBeLessThan(0.8 * (whole.to - whole.from));
    await comeToRest(page);
    const near = await viewOf(page);
    await page.mouse.down();
    await page.mouse.move(box.x + 450, box.y + 100, { steps: 5 });
    await page.mouse.up();
    await eventually(async () => (await viewOf(page)).from).toBeLessThan(near.from);
    await comeToRest(page);
    await page.mouse.dblclick(box.x + 300, box.y + 60);
    await eventually(async () => Math.abs((await viewOf(page)).from - near.from)).toBeLessThan(3_600_000);
    await page.getByRole("application").press("Escape");
    await eventually(() => viewOf(page)).toEqual(whole);
  });

  test("its axis and its legend tell the exchange's clock, and its nights and weekends take no room", async () => {
    const { page } = dashboard.live;
    const box = await open(page, shanghai);
    await page.getByRole("application").press("Home");
    const legend = page.getByTestId("price-legend");
    expect(await legend.innerText()).toMatch(/^5 Jan 2026, 09:35/);
    await page.getByRole("application").press("End");
    expect(await legend.innerText()).toMatch(/^16 Jan 2026, 15:00/);
    // Ten days of 48 bars: the middle is the end of the fifth day, a weekend before the sixth.
    await page.mouse.move(box.x + (box.width - 60) / 2, box.y + 100);
    await eventually(() => legend.innerText()).toMatch(/^(9|12) Jan 2026, (1[45]|09):/);
  });

  test("is read bar by bar with the arrow keys, and looked at closer with plus", async () => {
    const { page } = dashboard.live;
    await open(page, shanghai);
    const chart = page.getByRole("application");
    await chart.press("Home");
    await chart.press("ArrowRight");
    await page.locator("[aria-live=polite]", { hasText: /^5 Jan 2026, 09:40: open / }).waitFor({
      state: "attached",
    });
    const before = await lengthOf(page);
    await chart.press("+");
    await eventually(() => lengthOf(page)).toBeLessThan(0.6 * before);
    await chart.press("-");
    await eventually(() => lengthOf(page)).toBeGreaterThan(0.9 * before);
  });

  test("offers days of five-minute bars, says which is shown, and draws candles where they have room", async () => {
    const { page } = dashboard.live;
    await open(page, shanghai);
    const day = page.getByRole("button", { name: "The last day" });
    await day.click();
    await eventually(() => day.getAttribute("aria-pressed")).toBe("true");
    await page.getByRole("radio", { name: "Candles" }).check();
    await page.locator("[data-testid=price-plot][data-look=candles]").waitFor();
    await page.getByRole("radio", { name: "Red up" }).check();
    await page.reload();
    await page.locator("[data-testid=price-plot][data-drawn=true]").waitFor();
    await page.getByRole("radio", { name: "Candles" }).check();
    expect(await page.getByRole("radio", { name: "Red up" }).isChecked()).toBe(true);
  });

  test("its bars are had as a table and as a file", async () => {
    const { page } = dashboard.live;
    await open(page, shanghai);
    await page.getByText("As a table").click();
    await page.getByRole("region", { name: "Prices as a table" }).getByText("16 Jan 2026, 15:00").waitFor();
    const [csv] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save the bars in view as a CSV file" }).click(),
    ]);
    expect(csv.suggestedFilename()).toBe("CN5.csv");
    const [picture] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save the chart as a PNG picture" }).click(),
    ]);
    expect(picture.suggestedFilename()).toBe("CN5.png");
  });

  test("twenty swipes up and down over the chart scroll a phone's page, and zoom nothing", async () => {
    const context = await dashboard.browser.newContext({
      ...{
        baseURL: dashboard.product.url,
        viewport: { width: 360, height: 740 },
        hasTouch: true,
        isMobile: true,
      },
    });
    const phone = await context.newPage();
    await open(phone, shanghai);
    const touch = await context.newCDPSession(phone);
    const before = await viewOf(phone);
    let scrolls = 0;
    for (let swipe = 0; swipe < 20; swipe++) {
      const down = swipe % 2 === 1;
      await phone.evaluate(
        `document.querySelector("[role=application]").scrollIntoView({ block: "center" })`,
      );
      await phone.waitForTimeout(150);
      const box = (await phone.getByRole("application").boundingBox())!;
      const [x, y] = [box.x + box.width / 2, box.y + (down ? 60 : box.height - 60)];
      const start = Number(await phone.evaluate("window.scrollY"));
      const sideways = [0, 3, 8, -5][swipe % 4]!;
      await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
      for (let move = 1; move <= 10; move++) {
        await touch.send("Input.dispatchTouchEvent", {
          type: "touchMove",
          touchPoints: [{ x: x + (sideways * move) / 10, y: y + (down ? 12 : -12) * move }],
        });
        // As fast as a finger, a frame at a time: moves that come together are one.
        await phone.waitForTimeout(15);
      }
      await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      await phone.waitForTimeout(150);
      if (Math.abs(Number(await phone.evaluate("window.scrollY")) - start) > 20) scrolls++;
    }
    expect(scrolls).toBe(20);
    expect(await viewOf(phone)).toEqual(before);
    await context.close();
  });

  test("gaps and jumps that were found are told with their times", async () => {
    const { page } = dashboard.live;
    const days = Array.from({ length: 40 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i)));
    const rows = days
      .filter((_, i) => i < 20 || i > 25)
      .map((day, i) => `${day.toISOString().slice(0, 10)},${i < 30 ? 100 : 50},101,49,${i < 30 ? 100 : 50}`);
    await open(page, await importCsv("HOLES", ["Date,Open,High,Low,Close", ...rows].join("\n"), "UTC"));
    const found = page.getByTestId("quality");
    await found.waitFor();
    expect(await found.innerText()).toMatch(/1 gap\s+7 days without a bar, 20 Jan 2024 to 27 Jan 2024/);
    expect(await found.innerText()).toMatch(/1 jump\s+.*−50\.0%.*like a split of 2 for 1/);
    await page.goto("/series");
    const row = page.getByRole("row").filter({ hasText: "HOLES" });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/34\s+1 gap, 1 jump/);
  });

  test("a series gets another name, and none that another has as its symbol", async () => {
    const { page } = dashboard.live;
    await open(page, shanghai);
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Kweichow");
    await page.getByLabel("Symbol", { exact: true }).fill("HOLES");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Another series has the symbol HOLES already").waitFor();
    await page.getByLabel("Symbol", { exact: true }).fill("600519.SH");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("heading", { name: "Kweichow", level: 1 }).waitFor();
    await page.getByText("600519.SH").first().waitFor();
  });

  test("has thrown no error on the way", () => {
    expect(dashboard.live.failures).toEqual([]);
  });
});
