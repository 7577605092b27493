/** Closer and closer looks into the test of a long run: from the turn of the wheel to the picture with every bar in view. */
import { openWatched } from "./watched-page.mjs";

/** Where the wheel is turned, from the left to the right edge. */
const places = [0.15, 0.3, 0.45, 0.6, 0.75, 0.9];
const turns = 24;
const patienceMs = 3_000;

export async function lookCloser(browser, url, runId) {
  const { page, close } = await openWatched(browser);
  await page.goto(`${url}/runs/${runId}`, { waitUntil: "load" });
  const card = page.getByTestId("overlay-chart");
  await card.scrollIntoViewIfNeeded();
  const canvas = card.locator('[data-drawn="true"] canvas').first();
  await canvas.waitFor();
  await page.waitForTimeout(1_000);
  await card.evaluate((element) => {
    window.look = { turned: 0, drawn: 0 };
    addEventListener("wheel", () => (window.look.turned = performance.now()), { capture: true });
    new MutationObserver(() =>
      // The frame after the one in which it is drawn: by then it has been painted.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          window.look.drawn = performance.now();
        }),
      ),
    ).observe(element, { attributes: true, attributeFilter: ["data-points"] });
  });
  const rows = [];
  for (const place of places) {
    const { x, y, width, height } = await canvas.boundingBox();
    await page.mouse.move(x + place * width, y + height / 2);
    for (let turn = 0; turn < turns; turn++) await page.mouse.wheel(0, -240);
    const fetched = await page
      .waitForFunction(() => window.look.drawn > window.look.turned, null, { timeout: patienceMs })
      .catch(() => null);
    const ms = await page.evaluate(() => Math.round(window.look.drawn - window.look.turned));
    rows.push({
      place,
      points: await card.getAttribute("data-points"),
      ms: fetched ? ms : "nothing was fetched",
    });
    await page.getByRole("button", { name: "Show everything" }).last().click();
    await page.waitForTimeout(1_000);
  }
  await close();
  return rows;
}
