/** Importing files as people have them, in the browser: what the page asks, what it says it read, what is stored. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { eventually } from "./support/browser.ts";
import { dashboardFixture, noChromium } from "./support/dashboard.ts";

const cases = join(import.meta.dirname, "../fixtures/cases");
/** Where to leave pictures of each import for someone to look at; none by default. */
const pictures = process.env.IMPORT_PICTURES;

const dashboard = dashboardFixture();

interface Bars {
  readonly priceSeries: {
    readonly timezone: string;
    readonly bars: { readonly edges: readonly { readonly node: Record<string, number | string> }[] };
  } | null;
}
const barsQuery = `query ($symbol: String!) {
  priceSeries(symbol: $symbol) { timezone bars(first: 50) { edges { node { time open high low close volume } } } }
}`;
const barsOf = async (symbol: string) => {
  const { priceSeries } = await dashboard.product.query<Bars>(barsQuery, { symbol });
  return priceSeries?.bars.edges.map(({ node }) => node) ?? [];
};

async function choose(page: Page, file: string, symbol: string): Promise<void> {
  await page.goto("/series");
  await page.locator("input[type=file]").setInputFiles(join(cases, file));
  await page.getByRole("heading", { name: file }).waitFor();
  if (symbol !== "") await page.getByLabel("Symbol", { exact: true }).fill(symbol);
}

async function store(page: Page, rows: string): Promise<void> {
  await page.getByRole("button", { name: `Import ${rows}`, exact: true }).click();
  await page.getByText(/^Stored as /).waitFor();
}

async function show(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  for (const [size, width, height] of [
    ["desk", 1280, 900],
    ["phone", 390, 844],
  ] as const)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      // Colours change slowly.
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(pictures, `${name}-${size}-${colorScheme}.png`), fullPage: true });
    }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

/** Nothing on the page is wider than a phone. */
async function fitsOnPhone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1280, height: 900 });
}

const argumentNames = /\b(dateFormat|timezone|columnPositions|headerLine|columns\.|csv has|adjustedClose)\b/;

describe.skipIf(noChromium).sequential("importing in the dashboard", () => {
  test("a German file in Windows-1252 is read as such, and its columns are said", async () => {
    const { page } = dashboard.live;
    await choose(page, "windows-1252-german.csv", "GER");
    await page.getByText(/Read as Windows-1252/).waitFor();
    const columns = page.getByTestId("column-readings");
    await columns.waitFor();
    expect(await columns.innerText()).toMatch(/Eröffnung\s+Open/);
    expect(await columns.innerText()).toMatch(/Stücke\s+Volume/);
    expect(await page.getByLabel("Eröffnung is").inputValue()).toBe("open");
    expect(await page.getByTestId("import-target").innerText()).toBe("Makes a new series, GER.");
    await show(page, "german");
    await store(page, "2 rows");
    const bars = await barsOf("GER");
    expect(bars.map(({ open }) => open)).toContain(10_318.12);
  });

  test("a Chinese desktop program's export in GBK is read below its title and above its footer", async () => {
    const { page } = dashboard.live;
    await choose(page, "gbk-desktop-export-title-and-footer.txt", "688999");
    await page.getByText(/Read as GB18030/).waitFor();
    await page.getByTestId("import-warnings").waitFor();
    const report = await page.getByTestId("import-report").innerText();
    expect(report).toMatch(/开盘\s+Open/);
    expect(report).toContain("Passed over: 成交额");
    expect(report).toContain("Line 1 stands above the header and was passed over");
    expect(report).toContain("数据来源");
    await fitsOnPhone(page);
    await show(page, "gbk");
    await store(page, "3 rows");
    expect((await barsOf("688999")).map(({ open }) => open)).toEqual([25.8, 25.4, 26.2]);
  });

  test("a file in UTF-16 is read", async () => {
    const { page } = dashboard.live;
    await choose(page, "utf-16-with-byte-order-mark.csv", "WIDE");
    await page.getByText(/Read as UTF-16/).waitFor();
    await store(page, "3 rows");
    expect(await barsOf("WIDE")).toHaveLength(3);
  });

  test("the zone of a known series is that of its dates, and is not asked again", async () => {
    const { page } = dashboard.live;
    await choose(page, "utf-16-with-byte-order-mark.csv", "NEWYORK");
    const zone = page.getByLabel("Time zone", { exact: true });
    expect(await zone.getAttribute("placeholder")).toBe("UTC");
    await zone.fill("America/New_York");
    await store(page, "3 rows");
    await choose(page, "utf-16-with-byte-order-mark.csv", "NEWYORK");
    await page
      .getByText(/^Adds to NEWYORK \(3 bars, .*\)\. Its dates are read in America\/New_York\.$/)
      .waitFor();
    await page.getByText("read in the zone of the series, America/New_York").waitFor();
    await page.getByText("All of it is stored already").waitFor();
    expect(await zone.count()).toBe(0);
    expect(await page.locator("main").innerText()).not.toMatch(argumentNames);
  });

  test("a file of two tickers asks which one it is, and each becomes a series of its own", async () => {
    const { page } = dashboard.live;
    await choose(page, "several-tickers-in-one-file.csv", "");
    await page.getByText(/Which one is it\?/).waitFor();
    expect(await page.locator("main").innerText()).not.toMatch(argumentNames);
    await fitsOnPhone(page);
    await show(page, "tickers");
    await page.getByRole("button", { name: "ZZX" }).click();
    await page.getByText("Only ZZX is taken from this file").waitFor();
    expect(await page.getByLabel("Symbol", { exact: true }).inputValue()).toBe("ZZX");
    await page.getByText("3 rows of other instruments were passed over").waitFor();
    await show(page, "ticker-chosen");
    await store(page, "4 rows");
    expect((await barsOf("ZZX")).map(({ close }) => close)).toEqual([306.2, 309.1, 308.4, 302.6]);
    expect(await barsOf("SEVERAL-TICKERS-IN-ONE-FILE")).toEqual([]);
  });

  test("a file without a header asks which column is which, above its first rows", async () => {
    const { page } = dashboard.live;
    await choose(page, "metatrader4-no-header.csv", "MT4");
    await page.getByRole("button", { name: "Say which column is which" }).click();
    expect(await page.getByLabel("Column 2 is").inputValue()).toBe("clock");
    await page.getByLabel("Column 7 is").selectOption({ label: "Passed over" });
    await page.getByLabel("Column 6 is").selectOption({ label: "Passed over" });
    await page.getByText("Say which column has: close.").waitFor();
    expect(await page.getByRole("button", { name: "Import", exact: true }).isDisabled()).toBe(true);
    await page.getByLabel("Column 6 is").selectOption({ label: "Close" });
    await page.getByTestId("import-report").waitFor();
    await fitsOnPhone(page);
    await show(page, "headerless");
    await store(page, "3 rows");
    const bars = await barsOf("MT4");
    expect(bars.map(({ time }) => time)).toEqual([
      "2011-12-08T18:49:00.000Z",
      "2011-12-08T18:50:00.000Z",
      "2011-12-08T18:51:00.000Z",
    ]);
    expect(bars[0]).toMatchObject({ close: 77.704, volume: null });
  });

  test("dates that could be read in two ways are a question with two answers", async () => {
    const { page } = dashboard.live;
    await choose(page, "spreadsheet-close-only-german.csv", "SHEET");
    await page.getByLabel("All four prices").selectOption({ label: "Close" });
    await page.getByText("These dates begin with the day or the month. Which?").waitFor();
    expect(await page.locator("main").innerText()).not.toMatch(argumentNames);
    await show(page, "two-ways");
    await page.getByRole("button", { name: /^Day first/ }).click();
    await page.getByText("Open, high, low and close").waitFor();
    await store(page, "4 rows");
    expect((await barsOf("SHEET")).map(({ close }) => close)).toEqual([1367.37, 1360.66, 1394.21, 1393.34]);
  });

  test("German two-digit years with closing prices only are read once Kurs is named for all prices", async () => {
    const { page } = dashboard.live;
    await choose(page, "german-two-digit-years-close-only.csv", "KURS");
    await page.getByLabel("All four prices").selectOption({ label: "Kurs" });
    await page.getByText(/day first, because "31\.03\.99" in line 5/).waitFor();
    await store(page, "4 rows");
    const bars = await barsOf("KURS");
    expect(bars.map(({ time }) => String(time).slice(0, 10))).toEqual([
      "1999-03-31",
      "2017-01-02",
      "2017-01-03",
      "2017-01-04",
    ]);
  });

  test("a file that disagrees with a known series names it, lists the bars, asks, and is undone bit by bit", async () => {
    const { page } = dashboard.live;
    const rows = (...closes: number[]) => [
      "Date,Open,High,Low,Close",
      ...closes.map((c, i) => `2020-01-0${i + 1},${c},${c + 1},${c - 1},${c}`),
    ];
    const give = (lines: readonly string[]) =>
      page
        .locator("input[type=file]")
        .setInputFiles({ name: "CLASH.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\n")) });
    await page.goto("/series");
    await give(rows(100, 101, 102));
    await store(page, "3 rows");
    await page.getByRole("button", { name: "Close" }).click();
    const before = await barsOf("CLASH");

    await give([...rows(100, 1.5, 102), "2020-01-04,103,104,102,103"]);
    await page.getByText(/^Adds to CLASH \(3 bars/).waitFor();
    const changed = page.getByTestId("changed-bars");
    await changed.waitFor();
    expect(await changed.innerText()).toMatch(/2 Jan 2020\s+101\.00 → 1\.50/);
    expect(await page.getByTestId("import-jumps").innerText()).toMatch(/−98\.5%, from 100\.00 to 1\.50/);
    const button = page.getByRole("button", { name: "Import 2 rows" });
    expect(await button.isDisabled()).toBe(true);
    await fitsOnPhone(page);
    await show(page, "clash");
    await page.getByLabel("Change 1 bar of CLASH that is stored already").check();
    await store(page, "2 rows");
    expect(await barsOf("CLASH")).not.toEqual(before);
    await page.getByRole("link", { name: "Open the series" }).click();
    const versions = page.getByTestId("versions").locator("tbody tr");
    await versions.nth(1).waitFor();
    expect(await versions.nth(0).innerText()).toMatch(/2 rows: 1 added, 1 changed\s+4 bars/);
    await page.getByRole("button", { name: /^Undo:/ }).click();
    await page.getByRole("button", { name: "Undo it" }).click();
    await versions.nth(2).waitFor();
    expect(await barsOf("CLASH")).toEqual(before);
  });

  test("several files are dealt with one after the other, and one that is none is named", async () => {
    const { page } = dashboard.live;
    await page.goto("/series");
    const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
    const csv = "Date,Open,High,Low,Close\n2020-01-02,1,2,1,2\n2020-01-03,2,3,2,3\n";
    await page
      .locator("input[type=file]")
      .setInputFiles([file("ONE.csv", csv), file("BAD.csv", ""), file("TWO.csv", csv)]);
    await page.getByText("BAD.csv is empty.").waitFor();
    await page.getByText(/^File 1 of 2/).waitFor();
    await store(page, "2 rows");
    await page.getByRole("button", { name: "Next file" }).click();
    await page.getByRole("heading", { name: "TWO.csv" }).waitFor();
    await store(page, "2 rows");
    await page.getByRole("button", { name: "Close" }).click();
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect([await barsOf("ONE"), await barsOf("TWO")].map(({ length }) => length)).toEqual([2, 2]);
  });

  test("a column that was read as something else is named above its rows", async () => {
    const { page } = dashboard.live;
    await page.goto("/series");
    const text = "Date,Open,High,Low,Close,Turnover\n2020-01-02,1,2,1,2,77\n2020-01-03,2,3,2,3,88\n";
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "TURN.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    const turnover = page.getByLabel("Turnover is");
    await page.getByRole("button", { name: "Import 2 rows" }).waitFor();
    await turnover.selectOption({ label: "Volume" });
    await page.getByTestId("column-readings").getByText("Volume", { exact: true }).waitFor();
    await store(page, "2 rows");
    expect((await barsOf("TURN")).map(({ volume }) => volume)).toEqual([77, 88]);
  });

  test("a column's role is dragged onto another column, and both are read anew", async () => {
    const { page } = dashboard.live;
    const roleOf = (column: string) => page.getByLabel(`${column} is`, { exact: true });
    const drag = async (role: string, column: string) => {
      const grip = page.getByTitle(`Drag ${role} onto another column`);
      await grip.scrollIntoViewIfNeeded();
      const [from, to] = [(await grip.boundingBox())!, (await roleOf(column).boundingBox())!];
      await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(to.x + to.width / 2, to.y + to.height + 20, { steps: 5 });
      await page.locator("th[data-target]").waitFor();
    };
    await page.goto("/series");
    const text =
      "Day,Open,High,Low,Close,Turnover,Volume\n2020-01-02,1,2,1,2,77,7\n2020-01-03,2,3,2,3,88,8\n";
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "DRAG.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await page.getByRole("button", { name: "Import 2 rows" }).waitFor();
    // Escape lets go of the role, and the dialog stays.
    await drag("Volume", "Turnover");
    await page.keyboard.press("Escape");
    await page.mouse.up();
    expect(await roleOf("Volume").inputValue()).toBe("volume");
    await drag("Volume", "Turnover");
    await page.mouse.up();
    await page.getByTestId("column-readings").getByText("Turnover", { exact: true }).waitFor();
    expect([await roleOf("Turnover").inputValue(), await roleOf("Volume").inputValue()]).toEqual([
      "volume",
      "",
    ]);
    await store(page, "2 rows");
    expect((await barsOf("DRAG")).map(({ volume }) => volume)).toEqual([77, 88]);
    // Without a header two columns exchange their places.
    await choose(page, "metatrader4-no-header.csv", "DRAG4");
    await page.getByRole("button", { name: "Say which column is which" }).click();
    await page.getByTestId("import-report").waitFor();
    await drag("Close", "Column 3");
    await page.mouse.up();
    expect([await roleOf("Column 3").inputValue(), await roleOf("Column 6").inputValue()]).toEqual([
      "close",
      "open",
    ]);
    await store(page, "3 rows");
    expect((await barsOf("DRAG4"))[0]).toMatchObject({ open: 77.704 });
  });

  test("on a phone a finger drags a role to a column out of sight: the table scrolls on below it", async () => {
    const context = await dashboard.browser.newContext({
      ...{ baseURL: dashboard.product.url, viewport: { width: 390, height: 844 } },
      ...{ hasTouch: true, isMobile: true },
    });
    const phone = await context.newPage();
    const touch = await context.newCDPSession(phone);
    const finger = (
      type: "touchStart" | "touchMove" | "touchEnd",
      ...touchPoints: { x: number; y: number }[]
    ) => touch.send("Input.dispatchTouchEvent", { type, touchPoints });
    await choose(phone, "windows-1252-german.csv", "FINGER");
    const [first, last] = [phone.getByLabel("Eröffnung is"), phone.getByLabel("Stücke is")];
    await phone.getByRole("button", { name: "Import 2 rows" }).waitFor();
    const grip = phone.getByTitle("Drag Open onto another column");
    await phone.evaluate(
      `document.querySelector("[data-testid=first-rows]").scrollIntoView({ block: "center" })`,
    );
    const table = (await phone.getByTestId("first-rows").boundingBox())!;
    const { x, y, width, height } = (await grip.boundingBox())!;
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    const [startX, middleY, endX] = [x + width / 2, y + height / 2, table.x + table.width - 10];
    await finger("touchStart", { x: startX, y: middleY });
    for (const share of [0.25, 0.5, 0.75, 1])
      await finger("touchMove", { x: startX + (endX - startX) * share, y: middleY });
    await phone.locator("th[data-target]", { has: last }).waitFor();
    await finger("touchEnd");
    await eventually(() => last.inputValue()).toBe("open");
    expect(await first.inputValue()).toBe("volume");
    await context.close();
  });

  test("what is no price file is called what it is", async () => {
    const { page } = dashboard.live;
    await choose(page, "rate-limit-answer.csv", "LIMIT");
    await page.getByText(/The file is JSON, the answer of a web service/).waitFor();
    await show(page, "json");
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "prices.xlsx", mimeType: "", buffer: Buffer.from("PK\u0003\u0004xl/workbook") });
    await page.getByText(/prices\.xlsx is a spreadsheet’s workbook/).waitFor();
    await show(page, "workbook");
  });

  test("a server that is busy is waited for, in words, and heard by itself", async () => {
    const { page } = dashboard.live;
    let refusals = 2;
    await page.route("**/import", (route) => {
      if (refusals === 0) return route.continue();
      refusals--;
      return route.fulfill({
        status: 503,
        contentType: "application/json",
        body: JSON.stringify({
          errors: [
            {
              message: "two imports are on their way already",
              extensions: { code: "UNAVAILABLE", retryAfterMs: 1500 },
            },
          ],
        }),
      });
    });
    await choose(page, "windows-1252-german.csv", "LATER");
    await page.getByText(/Two imports are on their way already.* sent again by itself/).waitFor();
    await page.getByRole("button", { name: "Import 2 rows" }).waitFor();
    expect(refusals).toBe(0);
    await page.unroute("**/import");
  });

  test("the file is sent once: a newer check waits for it and names it, and one that is replaced is broken off", async () => {
    const { page } = dashboard.live;
    const asked: string[] = [];
    const brokenOff: string[] = [];
    const release: (() => void)[] = [];
    page.on("requestfailed", (request) => {
      if (request.url().endsWith("/import")) brokenOff.push(request.postData() ?? "");
    });
    await page.route("**/import", async (route) => {
      asked.push(route.request().postData() ?? "");
      // The first two wait to be let through.
      if (asked.length <= 2) await new Promise<void>((resolve) => release.push(resolve));
      await route.continue().catch(() => {});
    });
    await choose(page, "windows-1252-german.csv", "FIRST");
    await expect.poll(() => asked.length, { timeout: 20_000 }).toBe(1);
    const symbol = page.getByLabel("Symbol", { exact: true });
    await symbol.fill("SECOND");
    await page.waitForTimeout(1_000);
    expect(asked).toHaveLength(1);
    release[0]!();
    await expect.poll(() => asked.length, { timeout: 20_000 }).toBe(2);
    await symbol.fill("THIRD");
    await page.getByRole("button", { name: "Import 2 rows" }).waitFor();
    release[1]?.();
    expect(asked).toHaveLength(3);
    for (const body of asked.slice(1)) expect(body).toContain('name="upload"');
    expect(brokenOff).toEqual([asked[1]]);
    await page.unroute("**/import");
  });

  test("what was typed is there again after Escape and on the way back, and a reload asks first", async () => {
    const { page } = dashboard.live;
    await choose(page, "windows-1252-german.csv", "KEPT");
    await page.getByLabel("Currency").fill("EUR");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Go on with windows-1252-german.csv" }).press("Enter");
    expect(await page.getByLabel("Symbol").inputValue()).toBe("KEPT");
    await page.keyboard.press("Escape");
    // Away and back within the dashboard.
    await page.getByRole("navigation").getByRole("link", { name: "Runs" }).first().click();
    await page.waitForURL(/\/runs$/);
    await page.goBack();
    await page.getByTestId("files-aside").waitFor();
    await page.locator("input[type=file]").setInputFiles(join(cases, "windows-1252-german.csv"));
    await page.getByRole("dialog").waitFor();
    expect(await page.getByLabel("Currency").inputValue()).toBe("EUR");
    const asked = new Promise<string>((resolve) => {
      page.once("dialog", (dialog) => {
        resolve(dialog.type());
        void dialog.accept();
      });
    });
    await page.reload();
    expect(await asked).toBe("beforeunload");
    await page.getByTestId("drop-zone").waitFor();
    expect(await page.getByTestId("files-aside").count()).toBe(0);
  });

  test("a file that is too large for a proxy on the way is told in words", async () => {
    const { page } = dashboard.live;
    await page.route("**/import", (route) =>
      route.fulfill({ status: 413, contentType: "text/html", body: "<h1>413</h1>" }),
    );
    await choose(page, "windows-1252-german.csv", "LARGE");
    await page.getByText("This is more than may be sent at once. Send it in parts.").waitFor();
    await page.unroute("**/import");
  });

  test("has thrown no error on the way", () => {
    // A refused request is answered as GraphQL over HTTP asks, which Chromium reports in its console.
    expect(dashboard.live.failures.filter((failure) => !/status of (400|413|503)/.test(failure))).toEqual([]);
  });
});
