/** A page of its own, nothing cached, that knows what it fetched, when its first chart stood and how far it shifted. */

/** A chart of any library, drawn. */
const chart =
  '.apexcharts-series path[d^="M"], [data-drawn="true"] canvas, article canvas[data-newest]:not([data-newest=""])';

export async function openWatched(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });
  const typeOf = new Map();
  const bytes = {};
  network.on("Network.responseReceived", ({ requestId, type }) => typeOf.set(requestId, type));
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const type = typeOf.get(requestId) ?? "Other";
    bytes[type] = (bytes[type] ?? 0) + encodedDataLength;
  });
  await page.addInitScript(watch, chart);
  return {
    page,
    kilobytes: (type) => Math.round((bytes[type] ?? 0) / 100) / 10,
    told: () => page.evaluate(() => window.told),
    close: () => context.close(),
  };
}

/** Runs in the page, before all else. */
function watch(selector) {
  window.told = { shift: 0, firstChart: null, paint: null, frames: [] };
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries())
      if (!hadRecentInput) window.told.shift += value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (name === "first-contentful-paint") window.told.paint = startTime;
  }).observe({ type: "paint", buffered: true });
  const look = (now) => {
    window.told.frames.push(now);
    if (window.told.firstChart === null && document.querySelector(selector)) window.told.firstChart = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** @param frames times of animation frames, in milliseconds @param from without those before */
export function rhythm(frames, from) {
  const seen = frames.filter((at) => at >= from);
  const gaps = seen.slice(1).map((at, i) => at - seen[i]);
  gaps.sort((a, b) => a - b);
  const seconds = (seen.at(-1) - seen[0]) / 1000;
  return {
    framesPerSecond: Math.round(gaps.length / seconds),
    p99FrameMs: Math.round(gaps[Math.floor(0.99 * gaps.length)]),
    worstFrameMs: Math.round(gaps.at(-1)),
  };
}
