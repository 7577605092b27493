/** The dashboard: Next in this process and on this port. It starts after the API answers, and says so until then. */
import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Request, RequestHandler, Response } from "express";
import type { Logger } from "../log.ts";
import { fewAtOnce } from "./few-at-once.ts";
import { asItsReaderSpeaks } from "./reader-language.ts";
import { answerRefusal } from "./refusal.ts";

export interface Dashboard {
  readonly handle: RequestHandler;
  /** Resolves once pages are served, or once it is certain that none will be. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** @param folder of the Next project, built; null serves no pages. */
export function createDashboard(folder: string | null, log: Logger): Dashboard {
  let serve: RequestHandler = notYet;
  let close = async (): Promise<void> => {};
  return {
    handle: (request, response, next) => serve(request, response, next),
    async start() {
      if (folder === null || !existsSync(join(folder, ".next", "BUILD_ID"))) {
        serve = notBuilt;
        return;
      }
      try {
        const app = await openNext(folder);
        const pages = app.getRequestHandler();
        close = () => app.close();
        const inTurn = fewAtOnce(pagesAtOnce, pagesWaiting);
        serve = async (request, response) => {
          // Next would look for a server action, and writes of each that it does not find, past our log.
          if (!["GET", "HEAD"].includes(request.method)) return onlyRead(request, response);
          if (!isReadable(request)) request.url = nowhere;
          const isServed = await inTurn(async () => {
            if (!response.destroyed) await asItsReaderSpeaks(request, () => pages(request, response));
          });
          if (!isServed) tooBusy(request, response);
        };
      } catch (err) {
        log.error({ err }, "the dashboard could not start; the API goes on without it");
        serve = broken;
      }
    },
    close: () => close(),
  };
}

/** The part of Next that we use. Its own types change process.env's for the whole program: NODE_ENV always set, read-only. */
type Next = (options: { dev: boolean; dir: string; httpServer: Server }) => {
  prepare(): Promise<void>;
  getRequestHandler(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  close(): Promise<void>;
};
const require = createRequire(import.meta.url);

async function openNext(dir: string) {
  const next: Next = require("next"); // not before it is needed: it takes a third of a second
  // Next listens for upgrades on the server that it is given, or on the one that its first request came through:
  // ours, whose upgrades are GraphQL's. This one never listens.
  const app = next({ dev: false, dir, httpServer: createServer() });
  await app.prepare();
  return app;
}

/** A page takes about 5 ms of the one thread that answers all requests. */
const pagesAtOnce = 4;
/** Opening ten tabs at once is some 400 requests. */
const pagesWaiting = 1_000;

/** Next fails on an address such as /runs/%ff, or one that is no path (GET *), instead of answering 404. */
const nowhere = "/not-found";

function isReadable({ url, path }: Request): boolean {
  if (!url.startsWith("/") || !URL.canParse(url, "http://localhost")) return false;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

const page = (title: string, text: string, head = "") =>
  `<!doctype html><html lang="en"><meta charset="utf-8">${head}<title>${title}</title><h1>${title}</h1><p>${text}</p></html>\n`;

const onlyRead = (request: Request, response: Response): void => {
  response.set("allow", "GET, HEAD");
  const message = "pages are asked for with GET; programs ask at /graphql";
  answerRefusal(request, response, { status: 405, code: "BAD_REQUEST", message });
};

const tooBusy = (request: Request, response: Response): void => {
  const message = "too many pages are asked for just now: try again in a moment";
  answerRefusal(request, response, { status: 503, code: "UNAVAILABLE", message, retryAfterMs: 1_000 });
};

const notYet: RequestHandler = (_request, response) => {
  response.status(503).set({ "retry-after": "1", "cache-control": "no-store" });
  response.send(
    page(
      "Gatecast is starting",
      "The dashboard will be here in a moment.",
      '<meta http-equiv="refresh" content="1">',
    ),
  );
};

const notBuilt: RequestHandler = (_request, response) => {
  response.status(503).set("cache-control", "no-store");
  response.send(
    page("Gatecast", "The API answers at /graphql. The dashboard is not built: npm run build makes it."),
  );
};

const broken: RequestHandler = (_request, response) => {
  response.status(503).set("cache-control", "no-store");
  response.send(
    page("Gatecast", "The API answers at /graphql. The dashboard could not start; the log says why."),
  );
};
