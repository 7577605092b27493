/** The form for a new run as people fill it: drafts that survive, presets taken back, several values in a field. */
import { describe, expect, test } from "vitest";
import { eventually } from "./support/browser.ts";
import { dashboardFixture, endFirstStart, noChromium } from "./support/dashboard.ts";
import { importWave } from "./support/wave.ts";

const dashboard = dashboardFixture(async ({ product }) => {
  await endFirstStart(product);
  await importWave(product, 720);
});

const epochs = () => dashboard.live.page.getByLabel("Epochs", { exact: true });
const chosenPreset = () => dashboard.live.page.locator("[name=preset]:checked").getAttribute("aria-label");

describe.skipIf(noChromium).sequential("the form for a new run", () => {
  test("a preset that was chosen over typed values is taken back with all of them", async () => {
    const { page } = dashboard.live;
    await page.goto("/runs/new");
    await page.getByRole("radio", { name: "Careful" }).check();
    const usual = await epochs().inputValue();
    await epochs().fill("7");
    await eventually(() => page.getByTestId("changes").innerText()).toBe("1 change to Careful: epochs");
    await page.getByRole("radio", { name: "Quick look" }).check();
    expect(await epochs().inputValue()).not.toBe("7");
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await epochs().inputValue()).toBe("7");
    expect(await chosenPreset()).toBe("Careful");
    await page.getByRole("button", { name: "Reset" }).click();
    expect(await epochs().inputValue()).toBe(usual);
    expect(await page.getByTestId("changes").innerText()).toBe("As Careful");
  });

  test("what was typed is still there after a reload and after back, until one starts over", async () => {
    const { page } = dashboard.live;
    await page.getByRole("radio", { name: "Quick look" }).check();
    const usual = await epochs().inputValue();
    await page.getByLabel("Price series").selectOption({ label: "WAVE" });
    // Full-width digits are numbers, too.
    await epochs().fill("１２");
    await page.getByLabel("Name of the run").fill("half typed");
    // A draft is kept a moment after the last key.
    await eventually(() => page.evaluate("JSON.stringify({ ...localStorage })")).toContain("half typed");
    const draft = page.getByTestId("draft");
    const isBack = async () => {
      await draft.waitFor();
      expect(await epochs().inputValue()).toBe("１２");
      expect(await page.getByLabel("Name of the run").inputValue()).toBe("half typed");
      expect(await page.getByLabel("Price series").locator("option:checked").innerText()).toBe("WAVE");
      expect(await chosenPreset()).toBe("Quick look");
    };
    await page.reload();
    await isBack();
    await page.getByRole("link", { name: "System" }).click();
    await page.waitForURL(/\/system$/);
    await page.goBack();
    await isBack();

    await draft.getByRole("button", { name: "Start over" }).click();
    await draft.waitFor({ state: "detached" });
    expect(await page.getByLabel("Name of the run").inputValue()).toBe("");
    await page.reload();
    await epochs().waitFor();
    expect(await draft.count()).toBe(0);

    // What is typed from now on is a draft again.
    await page.getByRole("radio", { name: "Quick look" }).check();
    expect(await epochs().inputValue()).toBe(usual);
    await epochs().fill("13");
    await eventually(() => page.evaluate("JSON.stringify({ ...localStorage })")).toContain('\\"13\\"');
    await page.reload();
    await draft.getByRole("button", { name: "Start over" }).click();
    await epochs().fill("14");
    await eventually(() => page.evaluate("JSON.stringify({ ...localStorage })")).toContain('\\"14\\"');
  });

  test("two values in a field start a run of each, and the page of both says so", async () => {
    const { page } = dashboard.live;
    await page.goto("/runs/new");
    await page.getByRole("radio", { name: "Quick look" }).check();
    await page.getByLabel("Price series").selectOption({ label: "WAVE" });
    await page.getByLabel("Test bars").fill("100");
    await epochs().fill("2");
    await page.getByLabel("Learning rate", { exact: true }).fill("1e-3, 3e-4");
    await page.getByTestId("rail").getByText("2 of learning rate").waitFor();
    await eventually(() => page.getByTestId("estimate").innerText()).not.toContain("is said as soon as");
    await page.getByRole("button", { name: "Start 2 runs" }).click();
    await page.waitForURL(/\/experiments\/[0-9a-f-]{36}$/);
    await page.getByText("2 variants of one recipe").waitFor();
    await eventually(() => page.locator("[data-run] [data-status=SUCCEEDED]").count()).toBe(2);

    await page.goto(`/runs?where=${encodeURIComponent("series = WAVE")}&columns=learningRate`);
    for (const rate of ["0.001", "0.0003"])
      await page.getByRole("cell", { name: rate, exact: true }).waitFor();
    // A form that was sent leaves no draft.
    await page.goto("/runs/new");
    await epochs().waitFor();
    expect(await page.getByTestId("draft").count()).toBe(0);
  });

  test("the system's page says how much of its machine each worker takes", async () => {
    const { page } = dashboard.live;
    await page.goto("/system");
    await page
      .getByRole("row")
      .getByText(/^\d+(\.\d+)?% of its machine, [\d.]+ [MG]B$/)
      .waitFor();
  });

  test("has thrown no error on the way", () => {
    expect(dashboard.live.failures).toEqual([]);
  });
});
