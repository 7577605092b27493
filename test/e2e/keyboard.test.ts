/** The dashboard without a mouse: a run is started, watched, read and stopped, and the focus is never lost on the way. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { eventually } from "./support/browser.ts";
import { dashboardFixture, endFirstStart, noChromium } from "./support/dashboard.ts";

const dashboard = dashboardFixture();

/** What has the focus, as people know it; "" where nothing has. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "";
    return (element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText ?? element.innerText ?? element.tagName)
      .trim().split("\\n")[0];
  })()`);

/** Goes on with Tab, as far as a patient person would. */
async function tabTo(page: Page, name: string | RegExp, key = "Tab"): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 150; presses++) {
    const here = await focused(page);
    if (typeof name === "string" ? here === name : name.test(here)) return;
    seen.push(here);
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never came to ${name}, only to: ${seen.join(" | ")}`);
}

describe.skipIf(noChromium).sequential("without a mouse", () => {
  test("a run is started, watched, read and stopped, and the focus is never lost", async () => {
    const { page } = dashboard.live;
    await endFirstStart(dashboard.product);
    await page.goto("/");
    await page
      .getByTestId("headline")
      .getByText(/worker/)
      .waitFor();

    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").waitFor();
    await page.keyboard.type("new run");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "New run" }).waitFor();

    // One of the presets has the focus for all of them: arrows go on from there.
    await tabTo(page, /^(Volatility|Quick look|Careful|Original recipe|Standard|Returns)$/);
    await tabTo(page, "Original recipe", "ArrowDown");
    await tabTo(page, "Epochs");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("5000");
    await tabTo(page, /^Start/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    await page.getByRole("heading", { level: 1, name: /GRU/ }).waitFor();

    await eventually(async () =>
      Number(await page.getByTestId("loss-chart").getAttribute("data-points")),
    ).toBeGreaterThan(2);
    await tabTo(page, "Values of: Loss by epoch");
    await page.keyboard.press("Home");
    await eventually(() =>
      page.getByLabel("Values of: Loss by epoch").getAttribute("aria-valuetext"),
    ).toMatch(/^Epoch 1: train/);

    await tabTo(page, /^Stop/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await tabTo(page, "Stop and discard");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await tabTo(page, "Stop and discard");
    await page.keyboard.press("Enter");
    await page.locator("main section [data-status=CANCELLED]").waitFor();
    await eventually(() => focused(page)).not.toBe("");
    expect(dashboard.live.failures).toEqual([]);
  });

  test("a dialog gives the focus back, and keys and search come by one key each", async () => {
    const { page } = dashboard.live;
    await page.goto("/runs");
    await page.locator("tbody tr").first().waitFor();
    await tabTo(page, "Find or do");
    await page.keyboard.press("Enter");
    await eventually(() => focused(page)).toBe("Find a run, a series or an action");
    await page.keyboard.press("Escape");
    await eventually(() => focused(page)).toBe("Find or do");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    await eventually(() => focused(page)).toBe("Find or do");
    await page.keyboard.press("/");
    await eventually(() => focused(page)).toBe("Search runs");
    // Where one writes, they are letters.
    await page.keyboard.type("what?");
    expect(await page.getByLabel("Search runs").inputValue()).toBe("what?");
  });

  test("the palette finds runs and series by what they are called, and the arrows choose", async () => {
    const { page } = dashboard.live;
    await page.goto("/");
    await page
      .getByTestId("headline")
      .getByText(/worker/)
      .waitFor();
    await page.keyboard.press("Control+k");
    const field = page.getByRole("combobox");
    await field.fill("s&p");
    const series = page.getByRole("option", { name: /S&P 500.*Series$/ });
    await series.waitFor();
    expect(await field.getAttribute("aria-activedescendant")).toBe(
      await page.locator("[role=option][aria-selected=true]").getAttribute("id"),
    );
    for (let presses = 0; presses < 20; presses++) {
      if ((await series.getAttribute("aria-selected")) === "true") break;
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/series\/[0-9a-f-]{36}$/);
    await eventually(() => page.locator("h1").innerText()).toMatch(/S&P 500/);
  });

  test("a chosen theme is kept, and is there before any other script", async () => {
    const { page } = dashboard.live;
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto("/");
    await page
      .getByTestId("headline")
      .getByText(/worker/)
      .waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("dark");
    await page.keyboard.press("Enter");
    const theme = () => page.locator("html").getAttribute("data-theme");
    await eventually(theme).toBe("dark");
    const scripts = /\/_next\/.*\.js/;
    await page.route(scripts, (route) => route.abort());
    await page.reload();
    expect(await theme()).toBe("dark");
    await page.unroute(scripts);
    await page.evaluate("localStorage.clear()");
    await page.reload();
    expect(await theme()).toBe("light");
  });
});
