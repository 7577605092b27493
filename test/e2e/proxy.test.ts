/** The dashboard behind the proxies that README shows, what its pages allow a browser, and what it says where a proxy is wrong. */
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { openBrowser, openPage } from "./support/browser.ts";
import { chromiumArguments, findChromium } from "./support/chromium.ts";
import { freePort, type Product, startProduct } from "./support/product.ts";
import {
  isInstalled,
  password,
  type RunningProxy,
  shown,
  startCaddy,
  startNginx,
  user,
} from "./support/proxies.ts";

const name = "gru.example.net";
const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
const chromiumPath = findChromium();

let product: Product;
let port: number;
let publicUrl: string;
beforeAll(async () => {
  port = await freePort();
  publicUrl = `http://${name}:${port}`;
  product = await startProduct({ PUBLIC_URL: publicUrl });
}, 120_000);
afterAll(() => product?.stop(), 60_000);

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

/** As a browser at `origin` would ask, whose name leads to the proxy. */
function ask(path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  const method = body === undefined ? "GET" : "POST";
  const asked = { host: `${name}:${port}`, ...(body && { "content-type": "application/json" }), ...headers };
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: "127.0.0.1", port, path, method, headers: asked }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

/** The first message after the greeting, or the status that refused the socket. */
const greet = (headers: Record<string, string>): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, "graphql-transport-ws", {
      headers: { host: `${name}:${port}`, ...headers },
    });
    socket.once("open", () => socket.send('{"type":"connection_init"}'));
    socket.once("message", (data) => {
      resolve(JSON.parse(String(data)).type);
      socket.close();
    });
    socket.once("unexpected-response", (_, response) => {
      response.resume();
      resolve(response.statusCode);
    });
    socket.once("error", reject);
  });

test("README's proxies pass on what the live connection needs", () => {
  for (const line of [
    "proxy_http_version 1.1;",
    "proxy_set_header Upgrade $http_upgrade;",
    "proxy_set_header Connection $connection_upgrade;",
    "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
    "client_max_body_size 64m;",
    "auth_basic_user_file",
  ])
    expect(shown("nginx")).toContain(line);
  expect(shown("caddyfile")).toMatch(/basicauth \{[\s\S]*reverse_proxy 127\.0\.0\.1:4000/);
});

describe.each([
  ["nginx", startNginx],
  ["caddy", startCaddy],
] as const)("behind README's %s", (program, start) => {
  const here = isInstalled(program);
  if (!here) process.stderr.write(`README's ${program} is not tried: it is not installed.\n`);
  let proxy: RunningProxy;
  beforeAll(async () => {
    if (here) proxy = await start({ name, port, backend: product.url });
  }, 60_000);
  afterAll(() => proxy?.stop());

  test.skipIf(!here)(
    "pages, questions and the live connection work with the password, and not without",
    async () => {
      expect((await ask("/")).status).toBe(401);
      const page = await ask("/", { authorization });
      expect([page.status, page.text]).toEqual([200, expect.stringContaining("Gatecast")]);
      const origin = publicUrl;
      const body = JSON.stringify({ query: 'mutation { cancelTraining(runId: "x") { run { id } } }' });
      const foreign = await ask("/graphql", { authorization, origin: "http://evil.example" }, body);
      expect([foreign.status, foreign.text]).toEqual([403, expect.stringContaining("FORBIDDEN")]);
      expect((await ask("/graphql", { authorization, origin }, body)).text).toContain("NOT_FOUND");
      expect(await greet({ authorization, origin })).toBe("connection_ack");
      expect(await greet({ origin })).toBe(401);
      expect(await greet({ authorization, origin: "http://evil.example" })).toBe(403);
    },
  );

  test.skipIf(!here)("a large import comes through", async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => {
      const date = new Date(Date.UTC(1850, 0, 1 + i)).toISOString().slice(0, 10);
      return `${date},1.0,2.0,0.5,1.5,1000`;
    });
    const input = { symbol: "BIG", dryRun: true, csv: `date,open,high,low,close,volume\n${rows.join("\n")}` };
    const query =
      "mutation ($input: ImportPriceSeriesInput!) { importPriceSeries(input: $input) { report { rowsRead } } }";
    const answer = await ask("/graphql", { authorization }, JSON.stringify({ query, variables: { input } }));
    expect(JSON.parse(answer.text)).toMatchObject({
      data: { importPriceSeries: { report: { rowsRead: 60_000 } } },
    });
  });
});

describe("pages", () => {
  const get = (path: string, method = "GET") =>
    fetch(`${product.url}${path}`, { method, redirect: "manual" });

  test.each(["/", "/series", "/runs/new", "/runs/x", "/system", "/nothing"])(
    "%s allows its own scripts only, each answer with a nonce of its own, and is kept by no shared cache",
    async (path) => {
      const answers = [await get(path), await get(path)];
      const nonces = answers.map(
        ({ headers }) => /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1],
      );
      expect(new Set(nonces).size).toBe(2);
      const [first] = answers;
      const policy = first?.headers.get("content-security-policy") ?? "";
      for (const part of [
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "'strict-dynamic'",
      ])
        expect(policy).toContain(part);
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(first?.headers.get("cache-control")).toMatch(/private.*no-cache/);
      expect(first?.headers.get("cross-origin-opener-policy")).toBe("same-origin");
      const scripts = (await first!.text()).match(/<script[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(5);
      for (const script of scripts) expect(script).toContain(`nonce="${nonces[0]}"`);
    },
  );

  test("files with a hash in their name are kept for good", async () => {
    const file = /\/_next\/static\/[^"]+\.js/.exec(await (await get("/")).text())?.[0] ?? "";
    expect((await get(file)).headers.get("cache-control")).toContain("immutable");
  });

  test("have a sign where browsers look for it without being told", async () => {
    const answer = await get("/favicon.ico");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/x-icon"]);
  });

  test.each(["/runs/%ff", "/series/%c0%af", "/%", "/_next/image?url=%2Ficon.svg&w=64&q=75"])(
    "%s is not found",
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  test("are there to be read", async () => {
    const answer = await get("/", "POST");
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });
});

describe.skipIf(chromiumPath === null)("in a browser", () => {
  test("no page breaks its own policy, and the policy stops what is not ours", async () => {
    const browser = await openBrowser(chromiumPath!);
    try {
      const { page } = await openPage(browser, product.url);
      // As text: the tests are compiled without the browser's types.
      await page.addInitScript(
        'window.broken = []; document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => window.broken.push(violatedDirective + " " + blockedURI));',
      );
      const first = "{ runs(first: 1) { edges { node { id priceSeries { id } } } } }";
      const newest = async () => {
        const { runs } = await product.query<{
          runs: { edges: { node: { id: string; priceSeries: { id: string } } }[] };
        }>(first);
        return runs.edges[0]?.node;
      };
      // The first start trains, a moment after it answers.
      const { id, priceSeries } = await vi.waitUntil(newest, { timeout: 30_000, interval: 200 });
      const charts = new Map([
        [`/series/${priceSeries.id}`, "[data-testid=price-plot][data-drawn=true] canvas"],
        [`/runs/${id}`, "svg.apexcharts-svg"],
      ]);
      for (const path of [...charts.keys(), "/", "/runs", "/series", "/runs/new", "/system", "/graphql"]) {
        await page.goto(path);
        const chart = charts.get(path);
        if (chart) await page.locator(chart).first().hover({ force: true });
        else await page.locator("h1").first().waitFor();
        expect(await page.evaluate("window.broken"), path).toEqual([]);
      }
      const planted = '<img src=x onerror="window.ran = true">';
      await page.evaluate(`document.body.insertAdjacentHTML("beforeend", ${JSON.stringify(planted)})`);
      await expect.poll(() => page.evaluate("window.broken.length")).toBeGreaterThan(0);
      expect(await page.evaluate("window.ran")).toBeUndefined();
    } finally {
      await browser.close();
    }
  }, 120_000);

  // nginx passes its own Host on where nothing is said, and PUBLIC_URL names another address than the one that is opened.
  test.skipIf(!isInstalled("nginx"))(
    "behind a proxy that keeps its own Host, the page says what is wrong",
    async () => {
      const keepsHost = (text: string) =>
        text.replace("proxy_set_header Host $http_host;", "").replace(/auth_basic.*;/g, "");
      const proxy = await startNginx({ name: "other.example", port, backend: product.url }, keepsHost);
      const { chromium } = await import("playwright-core");
      const browser = await chromium.launch({
        executablePath: chromiumPath!,
        args: [...chromiumArguments, "--host-resolver-rules=MAP *.example 127.0.0.1"],
      });
      try {
        const page = await browser.newPage();
        await page.goto(`http://other.example:${port}/`);
        await page.getByText(/No live updates: .*other\.example.*PUBLIC_URL/).waitFor({ timeout: 30_000 });
      } finally {
        await browser.close();
        await proxy.stop();
      }
    },
    90_000,
  );
});
