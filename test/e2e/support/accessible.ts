/** What axe, a thumb and a narrow screen find wrong with the page as it stands. */
import axe from "axe-core";
import type { Page } from "playwright-core";

/** Its size and colours, as people have them. */
export const screens = [
  { name: "desk", width: 1280, height: 900, isPhone: false },
  { name: "phone", width: 360, height: 780, isPhone: true },
  { name: "small phone", width: 320, height: 640, isPhone: true },
] as const;
export const colours = [
  { name: "light", media: { colorScheme: "light", forcedColors: "none" } },
  { name: "dark", media: { colorScheme: "dark", forcedColors: "none" } },
  { name: "forced", media: { colorScheme: "dark", forcedColors: "active" } },
] as const;

/** Shows the page in these colours, once it has changed into them. */
export async function show(page: Page, { media }: (typeof colours)[number]): Promise<void> {
  await page.emulateMedia(media);
  await page.locator(`html[data-theme=${media.colorScheme}]`).waitFor({ state: "attached" });
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
}

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** One line for each rule that is broken, with the first elements that break it. */
export async function brokenRules(page: Page): Promise<string[]> {
  // As text: pages let no script in that has not their nonce, and the tests are compiled without the browser's types.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source);
  return page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ["violations"] }).then(
    ({ violations }) => violations.map(({ id, nodes }) =>
      id + ": " + nodes.slice(0, 4).map(({ target, any }) => target.join(" ") + " (" + (any[0]?.message ?? "") + ")").join("; ")))`);
}

/** How many pixels the page is wider than its window. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

/** Controls that a thumb would miss, and fields whose small print makes a phone look closer when one types. */
export const hardToTouch = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const found = [];
    const tell = (element, what) => found.push(what + ": " + element.tagName.toLowerCase() + " " +
      (element.getAttribute("aria-label") ?? element.innerText ?? element.name ?? "").slice(0, 40));
    for (const element of document.querySelectorAll("button, input, select, textarea, summary, nav a")) {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(".apexcharts-canvas, [hidden]")) continue;
      // What is put in one with its words is as large as they are.
      const box = (element.closest("label") ?? element).getBoundingClientRect();
      if (box.width === 0 || box.width === 1) continue;
      if (box.height < 43.5 || box.width < 43.5) tell(element, Math.round(box.width) + " x " + Math.round(box.height));
      const isTyped = element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=range], [type=file])");
      if (isTyped && Number.parseFloat(getComputedStyle(element).fontSize) < 16) tell(element, "small print");
    }
    return found;
  })()`);
