/** A browser's page whose live connection a test can cut, and what a test reads from the charts. */
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Page,
  type WebSocketRoute,
} from "playwright-core";
import { expect } from "vitest";
import { chromiumArguments } from "./chromium.ts";

/** A machine that trains beside the browser may take its time. */
const patienceMs = 60_000;

export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: chromiumArguments });

export interface LivePage {
  readonly page: Page;
  /** Ends the WebSocket and refuses new ones until `restore`. */
  cut(): Promise<void>;
  restore(): void;
  /** What went wrong in the page: exceptions, and errors in its console but those of cut connections. */
  readonly failures: readonly string[];
  /** Messages that the page sent over WebSockets, oldest first. */
  readonly sent: readonly string[];
}

export const chineseReader = { locale: "zh-CN", timezoneId: "Asia/Shanghai" } as const;

/** @param reader such as their language. */
export async function openPage(
  browser: Browser,
  baseURL: string,
  reader: BrowserContextOptions = {},
): Promise<LivePage> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 900 }, ...reader });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const failures: string[] = [];
  page.on("pageerror", (error) => failures.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("WebSocket"))
      failures.push(`${message.text()} ${message.location().url}`.trimEnd());
  });

  let isCut = false;
  const open = new Set<WebSocketRoute>();
  const sent: string[] = [];
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    if (isCut) {
      void socket.close({ code: 1013, reason: "cut by the test" });
      return;
    }
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      sent.push(String(message));
      server.send(message);
    });
    open.add(socket);
  });
  return {
    page,
    failures,
    sent,
    async cut() {
      isCut = true;
      await Promise.all([...open].map((socket) => socket.close({ code: 1012, reason: "cut by the test" })));
      open.clear();
    },
    restore() {
      isCut = false;
    },
  };
}

/** A number that a chart says of itself, such as data-points; NaN where it says nothing. */
export async function figureOf(page: Page, chart: string, figure: string): Promise<number> {
  const text = await page.getByTestId(chart).getAttribute(`data-${figure}`);
  return text === null ? Number.NaN : Number(text);
}
export const pointsOf = (page: Page, chart: string): Promise<number> => figureOf(page, chart, "points");

/** What `read` gives must come to fit, sooner or later. */
export const eventually = <Value>(read: () => Promise<Value>) =>
  expect.poll(read, { timeout: patienceMs, interval: 100 });

/** Waits until a chart draws at least so many points. */
export const waitForPoints = (page: Page, chart: string, least: number) =>
  eventually(() => pointsOf(page, chart)).toBeGreaterThanOrEqual(least);

/** Drops a file on an element, as from a file manager. */
export async function dropFile(page: Page, zone: string, name: string, text: string): Promise<void> {
  // As text: the tests are compiled without the browser's types.
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: "text/csv" }));
    return transfer;
  })()`);
  await page.getByTestId(zone).dispatchEvent("drop", { dataTransfer });
}

/** From the next page on, `window.shifts` is how far its layout has moved by itself. */
export const countShifts = (page: Page): Promise<unknown> =>
  // As text: the tests are compiled without the browser's types.
  page.addInitScript(`
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  `);
