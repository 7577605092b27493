/** One page with the first page open, which notes when each epoch of a run's tile was painted. */

export async function watchTile(browser, url, runId) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator(`[data-run="${runId}"] canvas`).waitFor();
  await page.evaluate((id) => {
    const canvas = document.querySelector(`[data-run="${id}"] canvas`);
    window.paintedAt = {};
    const note = () => {
      const { newest } = canvas.dataset;
      // The frame after the one in which it is drawn: by then it has been painted.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          window.paintedAt[newest] ??= performance.timeOrigin + performance.now();
        }),
      );
    };
    new MutationObserver(note).observe(canvas, { attributes: true, attributeFilter: ["data-newest"] });
  }, runId);
  return { paintedAt: () => page.evaluate(() => window.paintedAt), close: () => context.close() };
}
